package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes along with a search is what a read of it would give, and nothing tells of the rest. */
class IncludeInterceptorTest {

    private static final String HEART_RATE = Codes.LOINC + "%7C" + Codes.HEART_RATE;

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        for (String patient : new String[] {World.ANNA, World.BERND, World.DORA}) {
            server.given(Records.withId(Records.heartRate(patient), "hr-" + patient));
        }
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.given(Records.withId(Records.provenance("Observation/flag-anna/_history/1"), "why-anna"));
        server.given(Records.withId(Records.provenance("Patient/anna"), "who-anna"));
    }

    /** Only what is searched for is a miss when the gate withholds it. */
    @AfterEach
    void nothingIsCountedAsMissed() {
        assertThat(server.withheldFromSearch).isEmpty();
    }

    private static List<String> along(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.INCLUDE)
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .sorted()
                .toList();
    }

    @Test
    void theRecordThatIsReferredToComesAlong() {
        Answer answer = server.get(
                clinician,
                "Observation?patient=anna&code=" + HEART_RATE + "&_total=accurate&_include=Observation:patient");
        assertThat(along(answer)).containsExactly("anna");
        assertThat(answer.foundIds()).containsExactly("anna", "hr-anna");
        assertThat(answer.bundle().getEntry().get(1).getFullUrl()).isEqualTo(World.SERVER_BASE + "/Patient/anna");
        assertThat(server.provider("Observation").lastSearch).doesNotContainKey("_include");
        assertThat(server.disclosed)
                .flatExtracting(AuditEvent::getEntity)
                .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
                .anyMatch(what -> what.contains("Patient/anna"));
    }

    /** Bernd permits his heart rates and not his Patient. */
    @Test
    void aHiddenRecordIsSimplyNotThere() {
        Answer answer = server.get(clinician, "Observation?code=" + HEART_RATE + "&_include=Observation:subject");
        assertThat(answer.foundIds()).containsExactly("anna", "hr-anna", "hr-bernd");
    }

    @Test
    void recordsThatReferToItComeAlong() {
        String search = "Patient?_id=anna&_revinclude=Observation:patient";
        assertThat(along(server.get(clinician, search))).containsExactly("flag-anna", "hr-anna");
        assertThat(along(server.get(Callers.patient(World.ANNA), search))).containsExactly("hr-anna");
        assertThat(server.get(clinician, "Patient?_id=dora&_revinclude=Observation:patient")
                        .foundIds())
                .isEmpty();
    }

    /** The patient may know that there is a reason for the flag, and not yet the flag. */
    @Test
    void whatIsNotSignedDoesNotComeAlong() {
        String search = "Provenance?target=Patient/anna&_id=who-anna,why-anna&_include=Provenance:target";
        assertThat(along(server.get(clinician, search))).contains("anna");
        Answer ofPatient = server.get(Callers.patient(World.ANNA), search);
        assertThat(ofPatient.body()).doesNotContain("\"preliminary\"");
    }

    @Test
    void iteratingFollowsWhatCameAlong() {
        assertThat(along(server.get(
                        clinician,
                        "Patient?_id=anna&_revinclude=Observation:patient&_revinclude:iterate=Provenance:target")))
                .containsExactly("flag-anna", "hr-anna", "who-anna", "why-anna");
        assertThat(along(server.get(
                        clinician, "Patient?_id=anna&_revinclude=Observation:patient&_revinclude=Provenance:target")))
                .containsExactly("flag-anna", "hr-anna", "who-anna");
        // Through the flag, which the patient may not see, nothing is reached.
        assertThat(along(server.get(
                        Callers.patient(World.ANNA),
                        "Patient?_id=anna&_revinclude=Observation:patient&_revinclude:iterate=Provenance:target")))
                .containsExactly("hr-anna", "who-anna");
    }

    @Test
    void eachTypeNeedsItsOwnScope() {
        Map<String, Object> observationsOnly = Callers.with(clinician, "scope", "user/Observation.rs");
        assertThat(server.get(observationsOnly, "Observation?patient=anna&_include=Observation:patient")
                        .foundIds())
                .containsExactly("flag-anna", "hr-anna");
        Map<String, Object> patientsOnly = Callers.with(clinician, "scope", "user/Patient.rs");
        assertThat(server.get(patientsOnly, "Patient?_id=anna&_revinclude=Observation:patient")
                        .code())
                .isEqualTo("SN-SCOPE-001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient=anna&_include=*",
                "Observation?patient=anna&_include=Observation:*",
                "Observation?patient=anna&_include=Observation:code",
                "Observation?patient=anna&_include=Observation:performer",
                "Observation?patient=anna&_include=Observation:patient:Group",
                "Observation?patient=anna&_include:recurse=Observation:patient",
                "Observation?patient=anna&_include:iterate=Observation:hasMember",
                "Observation?patient=anna&_revinclude=*",
                "Patient?_id=anna&_revinclude=Group:member",
                "Observation?patient=anna&_include=Observation:patient,Observation:subject",
            })
    void whatIsNoOpenReferenceIsRefused(String search) {
        Answer answer = server.get(clinician, search);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-SEARCH-001");
    }

    @Test
    void aTypeThatIsClosedToTheCallerIsRefused() {
        assertThat(server.get(clinician, "Patient?_id=anna&_revinclude=Consent:patient")
                        .code())
                .isEqualTo("SN-INTERACTION-001");
        assertThat(server.get(clinician, "Patient?_id=anna&_revinclude=AuditEvent:patient")
                        .code())
                .isEqualTo("SN-INTERACTION-001");
    }
}
