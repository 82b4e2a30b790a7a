package eu.sinusnode.server.fulltext.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.narrowing.words.TextSearch;
import eu.sinusnode.policy.narrowing.words.WordQuery;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.fulltext.table.TextRow;
import eu.sinusnode.server.outbound.GuardedSearchClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What goes to an Elasticsearch over HTTP: the index that is asked for, documents, searches. No Elasticsearch runs here. */
class SharedIndexTest {

    private static final UUID PATIENT = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final UUID RECORD = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final FakeElasticsearch elasticsearch = new FakeElasticsearch();

    @AfterEach
    void stop() {
        elasticsearch.close();
    }

    @Test
    void theIndexIsMadeWithBothLanguagesAndWithoutDynamicFields() throws Exception {
        open(elasticsearch.url()).close();
        List<FakeElasticsearch.Request> made = elasticsearch.sent("PUT", "/sinusnode-full-text");
        assertThat(made).hasSize(1);
        JsonNode index = new ObjectMapper().readTree(made.get(0).body());
        JsonNode analyzers = index.at("/settings/analysis/analyzer");
        assertThat(analyzers.at("/sinusnode_german/filter").toString())
                .isEqualTo(
                        "[\"lowercase\",\"german_normalization\",\"sinusnode_german_parts\",\"sinusnode_german_stems\"]");
        assertThat(analyzers.at("/sinusnode_english/filter").toString()).contains("sinusnode_english_stems");
        assertThat(index.at("/settings/analysis/filter/sinusnode_german_parts/word_list")
                        .size())
                .isEqualTo(Analyses.parts().size());
        JsonNode fields = index.at("/mappings/properties");
        assertThat(fields.at("/contentDe/analyzer").asText()).isEqualTo("sinusnode_german");
        assertThat(fields.at("/contentDe/search_analyzer").asText()).isEqualTo("sinusnode_german_words");
        assertThat(fields.at("/narrativeEn/analyzer").asText()).isEqualTo("sinusnode_english");
        assertThat(fields.at("/patients/type").asText()).isEqualTo("keyword");
        assertThat(index.at("/mappings/dynamic").asText()).isEqualTo("strict");
    }

    @Test
    void wordsGoThereAndAreTakenAwayAgain() {
        try (TextIndex index = open(elasticsearch.url())) {
            index.apply(List.of(new TextRow(
                    "Condition",
                    RECORD,
                    1,
                    "de",
                    List.of(PATIENT),
                    List.of("code=s|c"),
                    "",
                    "Herzrasen",
                    false,
                    false)));
            String bulk = plain(elasticsearch.sent("POST", "_bulk").get(0).body());
            assertThat(bulk)
                    .contains("Condition/" + RECORD, "\"contentDe\":\"Herzrasen\"", PATIENT.toString(), "code=s|c")
                    .contains("\"contentEn\":null");
            index.apply(List.of(new TextRow("Condition", RECORD, 2, "-", List.of(), List.of(), "", "", true, false)));
            assertThat(elasticsearch.sent("POST", "_bulk").get(1).body()).contains("\"delete\"", "Condition/" + RECORD);
        }
    }

    /** Whoever may not be found is excluded by the question, not by what is done with the answer. */
    @Test
    void aSearchNamesThePatientsAndLimits() {
        elasticsearch.hits = "[{\"_index\":\"sinusnode-full-text-000001\",\"_id\":\"Condition/" + RECORD + "\"}]";
        try (TextIndex index = open(elasticsearch.url())) {
            assertThat(index.find(new TextSearch(
                            "Condition",
                            List.of(),
                            List.of(
                                    new WordQuery.Phrase("zwei\" OR Worte"),
                                    new WordQuery.Prefix("Überg"),
                                    new WordQuery.Not(new WordQuery.Word("kein"))),
                            Set.of(PATIENT.toString()),
                            Set.of(),
                            List.of(Map.entry("code", Set.of("s|c"))),
                            List.of(Map.entry("code", Set.of("s|d"))),
                            Set.of("category"),
                            7)))
                    .containsExactly(RECORD.toString());
        }
        String asked = plain(elasticsearch.sent("POST", "_search").get(0).body());
        assertThat(asked)
                .contains(
                        "{\"term\":{\"patients\":{\"value\":\"" + PATIENT + "\"}}}",
                        "{\"term\":{\"limits\":{\"value\":\"code=s|c\"}}}",
                        "\"zwei\\\" OR Worte\"",
                        "{\"prefix\":{\"contentAsIs\":{\"value\":\"uberg\"}}}",
                        "must_not");
        assertThat(asked).as("nothing that the caller writes is parsed").doesNotContain("query_string");
    }

    @Test
    void anEndpointAtAnAddressThatIsNotItsOwnIsNotCalled() {
        // A name of loopback that is no listed private host: the guard judges the address, not the name.
        String port = elasticsearch.url().substring(elasticsearch.url().lastIndexOf(':'));
        assertThatThrownBy(() -> open("https://localtest.invalid" + port)).isInstanceOf(RuntimeException.class);
        assertThat(elasticsearch.requests).isEmpty();
    }

    /** The client writes some signs of JSON by their numbers. */
    private static String plain(String json) {
        return json.replace("\\u003d", "=");
    }

    private static TextIndex open(String url) {
        FullTextProperties fullText =
                new FullTextProperties(url, "user", "password", Duration.ofSeconds(1), Duration.ofSeconds(1));
        return SharedIndex.open(
                fullText,
                new GuardedSearchClient(
                        fullText,
                        new OutboundProperties(
                                List.of(), Duration.ofSeconds(2), Duration.ofSeconds(5), DataSize.ofKilobytes(256))));
    }
}
