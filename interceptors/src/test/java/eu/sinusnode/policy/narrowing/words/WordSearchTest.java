package eu.sinusnode.policy.narrowing.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.words.FullText.BehindException;
import eu.sinusnode.policy.narrowing.words.WordSearch.Outcome;
import eu.sinusnode.policy.narrowing.words.WordSearch.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordSearchTest {

    private static final String BASE = "https://fhir.example/fhir";
    private static final String ANNA = "00000000-0000-4000-8000-00000000000a";
    private static final String BERND = "00000000-0000-4000-8000-00000000000b";

    private final List<TextSearch> asked = new ArrayList<>();
    private List<String> found = List.of("1", "2");

    private final WordSearch words = new WordSearch(
            search -> {
                asked.add(search);
                return found;
            },
            BASE);

    @Test
    void theIndexIsAskedAmongTheNarrowedPatientsAlone() throws BehindException {
        SearchRequest narrowed = search("Condition", "patient", "Patient/" + ANNA + ",Patient/" + BERND, "_text", "x");
        SearchRequest resolved = resolved(narrowed);

        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).patients()).containsExactlyInAnyOrder(ANNA, BERND);
        assertThat(asked.get(0).resourceType()).isEqualTo("Condition");
        assertThat(resolved.occurrences("_id")).containsExactly("1,2");
        assertThat(resolved.names("_text")).isFalse();
        assertThat(resolved.occurrences("patient")).containsExactly("Patient/" + ANNA + ",Patient/" + BERND);
    }

    @Test
    void idsThatTheSearchNamesAreConditionsToo() throws BehindException {
        SearchRequest resolved = resolved(search("Condition", "_id", "7,8,9", "_id", "8,9,10", "_content", "x"));
        assertThat(asked.get(0).ids()).containsExactlyInAnyOrder("8", "9");
        assertThat(asked.get(0).patients()).isEmpty();
        assertThat(resolved.occurrences("_id")).containsExactly("7,8,9", "8,9,10", "1,2");
    }

    /** What consent and signatures hide must not count among what is found. */
    @Test
    void limitsGoToTheIndex() throws BehindException {
        resolved(search(
                "Observation",
                "patient",
                "Patient/" + ANNA,
                "code",
                "http://loinc.org|8867-4,http://loinc.org|85354-9",
                "code",
                "8867-4",
                "status",
                "amended,final",
                "date",
                "ge2020",
                "_content",
                "x"));
        assertThat(asked.get(0).limits())
                .containsExactlyInAnyOrder(
                        Map.entry("code", Set.of("http://loinc.org|8867-4", "http://loinc.org|85354-9")),
                        Map.entry("status", Set.of("amended", "final")));
    }

    @Test
    void nothingFoundIsASearchThatFindsNothing() throws BehindException {
        found = List.of();
        assertThat(resolved(search("Condition", "patient", "Patient/" + ANNA, "_text", "x"))
                        .occurrences("_id"))
                .containsExactly(SearchNarrowing.NOBODY);
    }

    @Test
    void aSearchThatFindsNothingAnywayAsksNobody() throws BehindException {
        resolved(search("Condition", "_id", SearchNarrowing.NOBODY, "_text", "x"));
        resolved(search("Condition", "_id", "1", "_id", "2", "_text", "x"));
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutPatientsAndRecordsItIsRefused() throws BehindException {
        assertThat(words.resolve(words(search("Condition", "_text", "x")), search("Condition", "_text", "x")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.deny().code()).isEqualTo(DenialCode.SEARCH_TOO_WIDE));
        assertThat(asked).isEmpty();
    }

    @Test
    void tooManyAreRefusedAndNotCutOff() throws BehindException {
        found = IntStream.rangeClosed(1, 1_001).mapToObj(String::valueOf).toList();
        SearchRequest search = search("Condition", "patient", "Patient/" + ANNA, "_text", "x");
        assertThat(words.resolve(words(search), search)).isInstanceOf(Outcome.Refused.class);
        assertThat(asked.get(0).most()).isEqualTo(1_001);
        found = found.subList(0, 1_000);
        assertThat(words.resolve(words(search), search)).isInstanceOf(Outcome.Resolved.class);
    }

    @Test
    void anIndexThatIsBehindIsSaid() {
        WordSearch behind = new WordSearch(
                search -> {
                    throw new BehindException();
                },
                BASE);
        SearchRequest search = search("Condition", "patient", "Patient/" + ANNA, "_text", "x");
        assertThatThrownBy(() -> behind.resolve(words(search), search)).isInstanceOf(BehindException.class);
    }

    @Test
    void occurrencesMustAllHoldAndCommasAreAlternatives() {
        WordSearch.Words read = words(search("Condition", "_text", "a,b", "_text", "c\\,d", "_content", "e"));
        assertThat(read.narrative()).hasSize(2);
        assertThat(((WordQuery.Any) read.narrative().get(0)).parts()).hasSize(2);
        assertThat(((WordQuery.Any) read.narrative().get(1)).parts()).containsExactly(new WordQuery.Word("c,d"));
        assertThat(read.content()).hasSize(1);
        assertThat(WordSearch.read(search("Condition", "_text", "a", "_content", "NOT b")))
                .isEqualTo(new Reading.Refused("_content: it only says what must not be there"));
        assertThat(WordSearch.read(search("Condition", "_text", "a ".repeat(20), "_content", "b ".repeat(20))))
                .isInstanceOf(Reading.Refused.class);
    }

    private SearchRequest resolved(SearchRequest search) throws BehindException {
        return ((Outcome.Resolved) words.resolve(words(search), search)).search();
    }

    private static WordSearch.Words words(SearchRequest search) {
        return ((Reading.Read) WordSearch.read(search)).words();
    }

    private static SearchRequest search(String type, String... namesAndValues) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters
                    .computeIfAbsent(namesAndValues[i], missing -> new ArrayList<>())
                    .addAll(Arrays.asList(namesAndValues[i + 1]));
        }
        return new SearchRequest(type, parameters);
    }
}
