package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A part of a record is shown to those alone who may have all of it, and the audit tells of the record. */
class SubsetInterceptorTest {

    /** None of them says whose the record is, or what it is of. */
    private static final List<String> PARTS =
            List.of("_elements=id", "_elements=status,value", "_summary=true", "_summary=text", "_summary=data");

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);
    private final Map<String, Object> patient = Callers.patient(World.ANNA);

    @BeforeEach
    void records() {
        for (String each : new String[] {World.ANNA, World.DORA}) {
            server.given(Records.withId(Records.heartRate(each), "hr-" + each));
            server.given(Records.withId(Records.flag(each, Observation.ObservationStatus.PRELIMINARY), "rf-" + each));
        }
    }

    private static Resource only(Answer answer) {
        assertThat(answer.bundle().getEntry()).as(answer.body()).hasSize(1);
        return answer.bundle().getEntryFirstRep().getResource();
    }

    @Test
    void elementsAreShownWithWhatIsMandatory() {
        for (String path : List.of("Observation/hr-anna?_elements=value", "Observation?patient=anna&_elements=value")) {
            Answer answer = server.get(patient, path);
            Resource shown = path.contains("?patient")
                    ? only(answer)
                    : PolicyServer.FHIR.newJsonParser().parseResource(Observation.class, answer.body());
            Observation part = (Observation) shown;
            assertThat(part.hasValue()).as(answer.body()).isTrue();
            assertThat(part.hasStatus()).isTrue();
            assertThat(part.hasCode()).isTrue();
            assertThat(part.hasSubject()).isFalse();
            assertThat(part.hasEffective()).isFalse();
            assertThat(part.getMeta().getTag()).extracting("code").containsExactly("SUBSETTED");
        }
    }

    @Test
    void aPartIsDecidedOnTheWhole() {
        for (String part : PARTS) {
            assertThat(server.get(patient, "Observation/hr-anna?" + part).status())
                    .isEqualTo(200);
            Answer hidden = server.get(patient, "Observation/hr-dora?" + part);
            assertThat(PolicyServer.comparable(hidden).replace("hr-dora", "ID"))
                    .isEqualTo(PolicyServer.comparable(server.get(patient, "Observation/nobody?" + part))
                            .replace("nobody", "ID"))
                    .contains("is not known");
            assertThat(server.get(patient, "Observation/rf-anna?" + part).status())
                    .as("unsigned")
                    .isEqualTo(404);
            assertThat(server.get(clinician, "Observation?code=http%3A%2F%2Floinc.org%7C8867-4&" + part)
                            .foundIds())
                    .containsExactly("hr-anna");
            assertThat(server.get(clinician, "Observation?patient=dora&" + part).foundIds())
                    .isEmpty();
        }
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void theAuditTellsOfTheRecord() {
        for (String part : PARTS) {
            for (String path : List.of("Observation/hr-anna?", "Observation?patient=anna&")) {
                server.entries.clear();
                assertThat(server.get(clinician, path + part).status()).isEqualTo(200);
                assertThat(server.entries).as(path + part).singleElement().satisfies(entry -> assertThat(
                                entry.toString())
                        .contains("anna", "hr-anna"));
            }
        }
    }

    @Test
    void linksShowTheSamePart() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna-2"));
        assertThat(server.get(patient, "Observation?patient=anna&_elements=status,value")
                        .bundle()
                        .getLink("self")
                        .getUrl())
                .contains("patient=anna")
                .endsWith("&_elements=status%2Cvalue");
        assertThat(server.get(patient, "Observation?patient=anna&_summary=data")
                        .bundle()
                        .getLink("self")
                        .getUrl())
                .endsWith("&_summary=data");
        assertThat(server.get(patient, "Observation?_elements=status")
                        .bundle()
                        .getLink("self")
                        .getUrl())
                .endsWith("Observation?_elements=status");
    }

    @Test
    void whatComesAlongIsShownAsItIs() {
        Answer answer = server.get(
                clinician,
                "Observation?patient=anna&code=http%3A%2F%2Floinc.org%7C8867-4&_total=accurate&_elements=status&_include=Observation:patient");
        assertThat(answer.bundle().getEntry()).hasSize(2);
        assertThat(answer.bundle().getEntry().get(0).getResource().getMeta().getTag())
                .isNotEmpty();
        assertThat(answer.bundle().getEntry().get(1).getResource().getMeta().getTag())
                .isEmpty();
    }

    @Test
    void whatCannotBeShownIsRefusedWhoeverIsMeantAndInFull() {
        for (String wish : List.of("_summary=some", "_elements=family", "_summary=text&_elements=status")) {
            for (String path : List.of("Observation/hr-anna?", "Observation/nobody?", "Observation?patient=dora&")) {
                Answer refused = server.get(patient, path + wish);
                assertThat(refused.status()).as(path + wish).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("SN-SEARCH-001");
                assertThat(refused.outcome().getIssueFirstRep().getDiagnostics())
                        .contains("_");
            }
        }
        assertThat(server.get(patient, "Observation/hr-anna?_summary=count").code())
                .isEqualTo("SN-SEARCH-001");
        assertThat(server.audited).isNotEmpty();
    }

    @Test
    void aRefusalIsNoPart() {
        for (String part : PARTS) {
            Answer refused = server.get(patient, "Observation?_filter=x&" + part);
            assertThat(refused.outcome().getMeta().getTag()).isEmpty();
            assertThat(refused.code()).isEqualTo("SN-SEARCH-001");
            assertThat(refused.header("content-type")).startsWith("application/fhir+json");
        }
    }
}
