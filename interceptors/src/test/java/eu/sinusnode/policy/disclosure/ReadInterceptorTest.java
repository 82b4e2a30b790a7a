package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads over HTTP: what a caller gets by id, and that a hidden record cannot be told from an unknown one. */
class ReadInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        server.given(Records.withId(Records.heartRate(World.BERND), "hr-bernd"));
        server.given(Records.withId(Records.bodyWeight(World.BERND), "kg-bernd"));
        server.given(Records.withId(Records.heartRate(World.CLARA), "hr-clara"));
        server.given(Records.withId(Records.heartRate(World.DORA), "hr-dora"));
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.given(Records.withId(Records.intervals(World.ANNA), "rr-anna"));
        server.given(Records.withId(Records.provenance("Observation/flag-anna/_history/1"), "why-anna"));
    }

    @Test
    void everybodyGetsWhatAnnaPermits() {
        assertThat(server.get(Callers.patient(World.ANNA), "Observation/hr-anna")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(Callers.clinician(World.CLINIC), "Observation/hr-anna")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(Callers.insurer(), "Observation/hr-anna").status())
                .isEqualTo(200);
        assertThat(server.get(Callers.job(), "Binary/rr-anna").status()).isEqualTo(200);
        assertThat(server.audited).isEmpty();
    }

    @Test
    void patientReadsOwnRecordsWithoutConsent() {
        assertThat(server.get(Callers.patient(World.CLARA), "Observation/hr-clara")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(Callers.patient(World.CLARA), "Patient/" + World.CLARA)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anotherPatientsRecordIsUnknown() {
        assertHidden(Callers.patient(World.BERND), "Observation", "hr-anna", "SN-COMPARTMENT-001");
    }

    @Test
    void anotherClinicsPatientIsUnknown() {
        assertHidden(Callers.clinician(World.CLINIC), "Observation", "hr-dora", "SN-RELATIONSHIP-001");
        assertHidden(Callers.clinician(World.CLINIC), "Patient", World.DORA, "SN-RELATIONSHIP-001");
    }

    @Test
    void withoutConsentTheRecordIsUnknown() {
        assertHidden(Callers.clinician(World.CLINIC), "Observation", "hr-clara", "SN-CONSENT-001");
        assertHidden(Callers.insurer(), "Observation", "hr-clara", "SN-CONSENT-001");
        assertHidden(Callers.job(), "Observation", "hr-bernd", "SN-CONSENT-001");
    }

    @Test
    void consentForOneCodeHidesTheOthers() {
        assertThat(server.get(Callers.clinician(World.CLINIC), "Observation/hr-bernd")
                        .status())
                .isEqualTo(200);
        assertHidden(Callers.clinician(World.CLINIC), "Observation", "kg-bernd", "SN-CONSENT-001");
        assertHidden(Callers.clinician(World.CLINIC), "Patient", World.BERND, "SN-CONSENT-001");
    }

    @Test
    void unsignedFlagIsForClinicAndJobOnly() {
        assertThat(server.get(Callers.clinician(World.CLINIC), "Observation/flag-anna")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(Callers.job(), "Observation/flag-anna").status()).isEqualTo(200);
        assertHidden(Callers.patient(World.ANNA), "Observation", "flag-anna", "SN-SIGNATURE-001");
        assertHidden(Callers.insurer(), "Observation", "flag-anna", "SN-SIGNATURE-001");
    }

    @Test
    void provenanceBelongsToThePatientItsTargetBelongsTo() {
        assertThat(server.get(Callers.patient(World.ANNA), "Provenance/why-anna")
                        .status())
                .isEqualTo(200);
        assertHidden(Callers.patient(World.BERND), "Provenance", "why-anna", "SN-COMPARTMENT-001");
    }

    @Test
    void withdrawnConsentChangesTheNextAnswer() {
        Map<String, Object> clinician = Callers.clinician(World.CLINIC);
        assertThat(server.get(clinician, "Observation/hr-anna").status()).isEqualTo(200);
        server.permits.withdraw(World.ANNA);
        assertHidden(clinician, "Observation", "hr-anna", "SN-CONSENT-001");
    }

    @Test
    void deletedAndUnknownAnswerAlike() {
        Map<String, Object> clinician = Callers.clinician(World.CLINIC);
        Answer unknown = server.get(clinician, "Observation/nobody");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.outcome().getIssueFirstRep().getDiagnostics())
                .isEqualTo("HAPI-2001: Resource Observation/nobody is not known");
        assertThat(unknown.headers()).doesNotContainKey("location");
    }

    @Test
    void aReadThatShowsAPartIsDecidedOnTheWhole() {
        assertThat(server.get(Callers.patient(World.ANNA), "Observation/hr-anna?_elements=status")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(Callers.patient(World.ANNA), "Observation/hr-dora?_elements=status")
                        .status())
                .isEqualTo(404);
        assertThat(server.get(Callers.patient(World.ANNA), "Observation/hr-anna?_include=x")
                        .code())
                .isEqualTo("SN-SEARCH-001");
    }

    @Test
    void anotherPatientsVersionsAnswerLikeUnknownOnes() {
        Map<String, Object> patient = Callers.patient(World.ANNA);
        Answer hidden = server.get(patient, "Observation/hr-dora/_history/1");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(PolicyServer.comparable(hidden).replace("hr-dora", "ID"))
                .isEqualTo(PolicyServer.comparable(server.get(patient, "Observation/unknown/_history/1"))
                        .replace("unknown", "ID"));
        assertThat(server.get(Callers.of(CallerKind.INSURER), "Goal/any/_history/1")
                        .code())
                .isEqualTo("SN-INTERACTION-001");
    }

    @Test
    void gateRefusesWhenTheDirectoryFails() {
        server.permits.memberships.add(null);
        Answer answer = server.get(Callers.clinician(World.CLINIC), "Observation/hr-anna");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(server.audited).singleElement().satisfies(event -> assertThat(event.getOutcomeDesc())
                .startsWith("SN-GATE-001"));
    }

    /** The hidden record answers, but for its id, as an unknown one, and the audit has the true reason. */
    private void assertHidden(Map<String, Object> claims, String type, String id, String code) {
        server.audited.clear();
        Answer hidden = server.get(claims, type + "/" + id);
        assertThat(server.audited).singleElement().satisfies(event -> assertThat(event.getOutcomeDesc())
                .startsWith(code));
        Answer unknown = server.get(claims, type + "/unknown-id");
        assertThat(PolicyServer.comparable(hidden))
                .isEqualTo(PolicyServer.comparable(unknown).replace("unknown-id", id));
        assertThat(hidden.headers().keySet()).isEqualTo(unknown.headers().keySet());
        assertThat(hidden.status()).isEqualTo(404);
    }
}
