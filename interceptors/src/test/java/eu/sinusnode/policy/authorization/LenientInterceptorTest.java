package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is unknown is passed over by a client who asks for it, and by no other; what is closed is refused to all. */
class LenientInterceptorTest {

    private static final String LENIENT = "handling=lenient";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        for (String patient : new String[] {World.ANNA, World.BERND, World.DORA}) {
            server.given(Records.withId(Records.heartRate(patient), "hr-" + patient));
        }
    }

    private Answer search(String path, String... preferences) {
        return server.get(clinician, path, preferences(preferences));
    }

    private static String[] preferences(String... values) {
        String[] headers = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            headers[2 * i] = "Prefer";
            headers[2 * i + 1] = values[i];
        }
        return headers;
    }

    private static List<String> found(Answer answer) {
        return answer.bundle().getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() != SearchEntryMode.OUTCOME)
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    @Test
    void theAnswerNamesWhatWasPassedOver() {
        Answer answer = search("Observation?patient=anna&colour=red&mood:exact=blue&owner.name=x&_count=10", LENIENT);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(found(answer)).containsExactly("hr-anna");
        List<BundleEntryComponent> outcomes = answer.bundle().getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.OUTCOME)
                .toList();
        assertThat(outcomes).hasSize(1);
        OperationOutcome outcome = (OperationOutcome) outcomes.get(0).getResource();
        assertThat(outcome.getIssue()).hasSize(3).allSatisfy(issue -> {
            assertThat(issue.getSeverity().toCode()).isEqualTo("warning");
            assertThat(issue.getDetails().getCodingFirstRep().getCode()).isEqualTo("SN-REQUEST-014");
        });
        assertThat(outcome.getIssue())
                .extracting(issue -> issue.getDiagnostics().replaceAll(".*Parameter (\\S+) of Observation.*", "$1"))
                .containsExactly("colour", "mood:exact", "owner.name");
        assertThat(answer.bundle().getLink("self").getUrl())
                .contains("patient=anna", "_count=10")
                .doesNotContain("colour", "mood", "owner");
    }

    /** The patients stay those whom the caller may find. */
    @Test
    void whatIsLeftOfTheSearchIsNarrowedAsEver() {
        Answer answer = search("Observation?code=http%3A%2F%2Floinc.org%7C8867-4&patinet=dora", LENIENT);
        assertThat(found(answer)).containsExactlyInAnyOrder("hr-anna", "hr-bernd");
        assertThat(found(search("Observation?patient=dora&colour=red", LENIENT)))
                .isEmpty();
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void withoutTheHeaderItIsRefused() {
        String search = "Observation?patient=anna&colour=red";
        for (String[] preferences : new String[][] {
            {},
            {"handling=strict"},
            {"handling=some"},
            {"return=minimal"},
            {"handling=lenient=x"},
            {"handling=lenient, handling=strict"},
            {"handling=strict", LENIENT}
        }) {
            assertThat(search(search, preferences).code())
                    .as(String.join(" | ", preferences))
                    .isEqualTo("SN-SEARCH-001");
        }
        for (String[] preferences : new String[][] {
            {"Handling=Lenient"},
            {"handling=\"lenient\""},
            {"return=minimal; handling=lenient"},
            {"return=minimal", "respond-async, handling = lenient"}
        }) {
            assertThat(search(search, preferences).status())
                    .as(String.join(" | ", preferences))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "performer=x",
                "value-string=x",
                "performer.name=x",
                "code:text=x",
                "patient.colour=x",
                "_tag=x",
                "_filter=x",
                "_colour=x",
                "_has:Observation:patient:colour=x",
                "_has:Colour:patient:code=x",
                "co%20lour=x",
                "colour=red&performer=x",
                "colour=red&_sort=colour",
                "colour=red&_include=Observation:colour",
                "colour=red&_summary=count",
                "colour=red&_count=0",
            })
    void whatIsDefinedOrShapesTheResultStaysRefused(String parameters) {
        Answer answer = search("Observation?patient=anna&" + parameters, LENIENT);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-SEARCH-001");
        assertThat(server.audited).hasSize(1);
    }

    /** HAPI would fail on it, and of a write not before it has been stored. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "return",
                "handling",
                "return=",
                "return= \"",
                "handling= \"",
                "return= x",
                "handling=  y",
                "return=minimal, handling=z"
            })
    void aPreferenceWithoutAMeaningIsAMistake(String preference) {
        assertThat(search("Observation?patient=anna", preference).code()).isEqualTo("SN-REQUEST-012");
        assertThat(server.post(
                                Callers.clinicSystem(World.CLINIC),
                                "Observation",
                                Records.heartRate(World.ANNA),
                                "Prefer",
                                preference)
                        .code())
                .isEqualTo("SN-REQUEST-012");
    }

    /** An insurer may not search by a patient's name, and is not told otherwise. */
    @Test
    void whatIsClosedToTheCallerIsRefusedAlsoWhenItIsOpenToOthers() {
        assertThat(server.get(Callers.insurer(), "Patient?family=x", preferences(LENIENT))
                        .code())
                .isEqualTo("SN-SEARCH-001");
        assertThat(server.get(Callers.insurer(), "Observation?value-quantity=gt1", preferences(LENIENT))
                        .code())
                .isEqualTo("SN-SEARCH-001");
    }

    @Test
    void anythingButASearchTakesNothingMore() {
        assertThat(search("Observation/hr-anna?colour=red", LENIENT).status()).isBetween(400, 499);
    }
}
