package eu.sinusnode.policy.narrowing.words;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.words.FullText.BehindException;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Searches by words over HTTP: what the index is asked, and what it is not asked. */
class FullTextInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final List<TextSearch> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void words() {
        server.fullText = search -> {
            asked.add(search);
            return List.of("one", "two");
        };
    }

    @Test
    void theIndexIsAskedAmongTheCallersPatients() {
        assertThat(server.get(clinician, "Condition?patient=anna&_text=x").status())
                .isEqualTo(200);
        assertThat(asked).singleElement().satisfies(search -> {
            assertThat(search.patients()).isEqualTo(Set.of(World.ANNA));
            assertThat(search.resourceType()).isEqualTo("Condition");
        });
        Map<String, String[]> handled = server.provider("Condition").lastSearch;
        assertThat(handled.get("_id")).containsExactly("one,two");
        assertThat(handled).doesNotContainKey("_text");
    }

    @Test
    void aPatientsOwnWordsAreLimitedToSignedRecords() {
        server.get(Callers.patient(World.ANNA), "Observation?_content=x");
        assertThat(asked).singleElement().satisfies(search -> {
            assertThat(search.patients()).isEqualTo(Set.of(World.ANNA));
            assertThat(search.limits())
                    .containsExactly(Map.entry("status", Set.of("amended", "corrected", "entered-in-error", "final")));
        });
    }

    @Test
    void ofAHiddenPatientNothingIsAsked() {
        server.get(clinician, "Condition?patient=dora&_content=x");
        assertThat(asked).isEmpty();
        assertThat(server.provider("Condition").lastSearch.get("_id")).containsExactly(SearchNarrowing.NOBODY);
    }

    /** Otherwise a mistake would tell whether the patient may be seen. */
    @Test
    void aMistakeIsSaidForHiddenPatientsToo() {
        for (String patient : List.of(World.ANNA, World.DORA, "nobody")) {
            Answer answer = server.get(clinician, "Condition?patient=" + patient + "&_content=NOT%20x");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("SN-TEXT-001");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void anIndexThatIsBehindIsA503WithATimeToComeBack() {
        server.fullText = search -> {
            throw new BehindException();
        };
        Answer answer = server.get(clinician, "Condition?patient=anna&_text=x");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SN-TEXT-002");
        assertThat(answer.header("retry-after")).isEqualTo("2");
    }

    @Test
    void insurersDoNotAskByWords() {
        for (String parameter : List.of("_text", "_content")) {
            Answer answer = server.get(Callers.insurer(), "Observation?patient=anna&" + parameter + "=x");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("SN-SEARCH-001");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aSearchWithoutWordsAsksNobody() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        assertThat(server.get(clinician, "Observation?patient=anna").status()).isEqualTo(200);
        assertThat(asked).isEmpty();
    }
}
