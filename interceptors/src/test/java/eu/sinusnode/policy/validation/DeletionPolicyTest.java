package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionPolicyTest {

    private final DeletionPolicy policy = new DeletionPolicy();

    @ParameterizedTest
    @CsvSource({
        "Appointment, proposed, true",
        "Appointment, pending, true",
        "Appointment, waitlist, true",
        "Appointment, booked, false",
        "Appointment, cancelled, false",
        "Communication, preparation, true",
        "Communication, completed, false",
        "CommunicationRequest, draft, true",
        "CommunicationRequest, active, false",
        "MedicationRequest, draft, true",
        "MedicationRequest, active, false",
        "MedicationRequest, , false",
        "NutritionOrder, draft, true",
        "NutritionOrder, active, false",
        "QuestionnaireResponse, in-progress, true",
        "QuestionnaireResponse, completed, false",
        "ServiceRequest, draft, true",
        "ServiceRequest, entered-in-error, false",
        "CarePlan, active, true",
        "Goal, , true",
        "Slot, busy, true",
        "Schedule, , true"
    })
    void aClinicDeletesPlansCalendarsAndDrafts(String type, @Nullable String status, boolean permitted) {
        Resource resource =
                (Resource) PolicyServer.FHIR.getResourceDefinition(type).newInstance();
        if (status != null) {
            PolicyServer.FHIR.newTerser().addElement(resource, "status", status);
        }
        for (CallerKind kind : Set.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM)) {
            assertThat(permits(kind, resource)).isEqualTo(permitted);
        }
        assertThat(permits(CallerKind.ADMINISTRATOR, resource)).isTrue();
    }

    /** What is open to a clinic in the matrix and has no line among the drafts is deleted in any state: a list by hand. */
    @Test
    void whatIsDeletedInAnyStateIsWrittenDownHere() {
        Set<String> inAnyState = new TreeSet<>();
        for (String type : AccessMatrix.standard().resourceTypes()) {
            for (CallerKind kind : Set.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM, CallerKind.ANALYSIS_JOB)) {
                if (AccessMatrix.standard().allows(kind, type, Interaction.DELETE)
                        && DeletionPolicy.drafts(type).isEmpty()) {
                    inAnyState.add(type);
                }
            }
        }
        assertThat(inAnyState).containsExactly("CarePlan", "Goal", "Schedule", "Slot", "Subscription");
    }

    @ParameterizedTest
    @EnumSource(
            value = CallerKind.class,
            names = {"PATIENT", "REPRESENTATIVE"})
    void aPatientDeletesOwnWords(CallerKind kind) {
        Observation vital = Records.heartRate(World.ANNA);
        assertThat(permits(kind, vital)).as("the patient's device").isTrue();
        assertThat(permits(kind, vital.copy().addPerformer(new Reference("Patient/anna"))))
                .isTrue();
        assertThat(permits(kind, vital.copy().addPerformer(new Reference("Practitioner/who"))))
                .isFalse();
        assertThat(permits(kind, Records.flag(World.ANNA, ObservationStatus.FINAL)))
                .isFalse();

        QuestionnaireResponse answers = new QuestionnaireResponse();
        assertThat(permits(kind, answers)).as("nobody says who told it").isFalse();
        answers.setAuthor(new Reference("RelatedPerson/daughter"));
        assertThat(permits(kind, answers)).isTrue();
        assertThat(permits(kind, answers.setSource(new Reference("Practitioner/who"))))
                .isFalse();
        assertThat(permits(kind, new Communication().addRecipient(new Reference("Patient/anna"))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void aConsentIsDeletedByNobody(CallerKind kind) {
        assertThat(permits(kind, new Consent())).isFalse();
    }

    @Test
    void aRiskFlagIsDeletedByTheLoaderAloneAndOnceDecidedOnByNobody() {
        for (CallerKind kind : CallerKind.values()) {
            for (ObservationStatus open : List.of(ObservationStatus.PRELIMINARY, ObservationStatus.CANCELLED)) {
                assertThat(permits(kind, Records.flag(World.ANNA, open))).isEqualTo(kind == CallerKind.ADMINISTRATOR);
            }
            for (ObservationStatus decided : List.of(
                    ObservationStatus.FINAL,
                    ObservationStatus.AMENDED,
                    ObservationStatus.CORRECTED,
                    ObservationStatus.ENTEREDINERROR)) {
                assertThat(permits(kind, Records.flag(World.ANNA, decided))).isFalse();
            }
        }
    }

    @Test
    void whoReleasedAPlanStaysOnRecord() {
        Provenance release = new Provenance().addTarget(new Reference("CarePlan/plan/_history/2"));
        Provenance ofFlag = new Provenance().addTarget(new Reference("Observation/flag/_history/1"));
        assertThat(decide(CallerKind.ADMINISTRATOR, release))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.SIGNED));
        assertThat(permits(CallerKind.ADMINISTRATOR, ofFlag)).isTrue();
    }

    private boolean permits(CallerKind kind, Resource stored) {
        return decide(kind, stored) instanceof Decision.Permit;
    }

    private Decision decide(CallerKind kind, Resource stored) {
        Caller caller = new Caller(
                kind,
                "client",
                "subject",
                "token",
                null,
                "DE",
                null,
                kind.purpose(),
                null,
                null,
                Scopes.parse(""),
                Set.of());
        return policy.decide(caller, stored);
    }
}
