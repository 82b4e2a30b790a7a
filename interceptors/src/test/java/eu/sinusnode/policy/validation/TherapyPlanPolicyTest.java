package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TherapyPlanPolicyTest {

    /**
     * What was stored, what is to be; whether a clinician may store it so of a plan of a programme, and a clinic system; the same
     * of a plan that was written by hand.
     */
    @ParameterizedTest
    @CsvSource({
        ", DRAFT, yes, yes, yes, yes",
        ", ACTIVE, no, no, no, no",
        ", ONHOLD, no, no, no, no",
        ", UNKNOWN, no, no, no, no",
        ", COMPLETED, no, no, yes, yes",
        ", REVOKED, yes, yes, yes, yes",
        ", ENTEREDINERROR, yes, yes, yes, yes",
        "DRAFT, DRAFT, yes, yes, yes, yes",
        "DRAFT, ACTIVE, no, no, no, no",
        "DRAFT, ONHOLD, no, no, no, no",
        "DRAFT, UNKNOWN, no, no, no, no",
        "DRAFT, COMPLETED, no, no, yes, yes",
        "DRAFT, REVOKED, yes, yes, yes, yes",
        "DRAFT, ENTEREDINERROR, yes, yes, yes, yes",
        "ACTIVE, DRAFT, yes, yes, yes, yes",
        "ACTIVE, ACTIVE, yes, yes, yes, yes",
        "ACTIVE, ONHOLD, yes, yes, yes, yes",
        "ACTIVE, UNKNOWN, yes, yes, yes, yes",
        "ACTIVE, COMPLETED, yes, yes, yes, yes",
        "ACTIVE, REVOKED, yes, yes, yes, yes",
        "ACTIVE, ENTEREDINERROR, yes, yes, yes, yes",
        "ONHOLD, DRAFT, yes, yes, yes, yes",
        "ONHOLD, ACTIVE, yes, no, yes, no",
        "ONHOLD, ONHOLD, yes, yes, yes, yes",
        "ONHOLD, UNKNOWN, yes, yes, yes, yes",
        "ONHOLD, COMPLETED, yes, yes, yes, yes",
        "ONHOLD, REVOKED, yes, yes, yes, yes",
        "ONHOLD, ENTEREDINERROR, yes, yes, yes, yes",
        "UNKNOWN, DRAFT, yes, yes, yes, yes",
        "UNKNOWN, ACTIVE, yes, no, yes, no",
        "UNKNOWN, ONHOLD, yes, yes, yes, yes",
        "UNKNOWN, UNKNOWN, yes, yes, yes, yes",
        "UNKNOWN, COMPLETED, yes, yes, yes, yes",
        "UNKNOWN, REVOKED, yes, yes, yes, yes",
        "UNKNOWN, ENTEREDINERROR, yes, yes, yes, yes",
        "COMPLETED, DRAFT, yes, yes, yes, yes",
        "COMPLETED, ACTIVE, no, no, no, no",
        "COMPLETED, ONHOLD, no, no, no, no",
        "COMPLETED, UNKNOWN, no, no, no, no",
        "COMPLETED, COMPLETED, yes, yes, yes, yes",
        "COMPLETED, REVOKED, yes, yes, yes, yes",
        "COMPLETED, ENTEREDINERROR, yes, yes, yes, yes",
        "REVOKED, DRAFT, yes, yes, yes, yes",
        "REVOKED, ACTIVE, no, no, no, no",
        "REVOKED, ONHOLD, no, no, no, no",
        "REVOKED, UNKNOWN, no, no, no, no",
        "REVOKED, COMPLETED, no, no, yes, yes",
        "REVOKED, REVOKED, yes, yes, yes, yes",
        "REVOKED, ENTEREDINERROR, yes, yes, yes, yes",
        "ENTEREDINERROR, DRAFT, yes, yes, yes, yes",
        "ENTEREDINERROR, ACTIVE, no, no, no, no",
        "ENTEREDINERROR, ONHOLD, no, no, no, no",
        "ENTEREDINERROR, UNKNOWN, no, no, no, no",
        "ENTEREDINERROR, COMPLETED, no, no, yes, yes",
        "ENTEREDINERROR, REVOKED, yes, yes, yes, yes",
        "ENTEREDINERROR, ENTEREDINERROR, yes, yes, yes, yes"
    })
    void aPlanIsLookedOverBeforeItHolds(
            @Nullable CarePlanStatus stored,
            CarePlanStatus next,
            String clinician,
            String system,
            String clinicianByHand,
            String systemByHand) {
        for (boolean ofProgramme : List.of(true, false)) {
            Optional<Resource> was = Optional.ofNullable(stored).map(status -> plan(status, ofProgramme));
            Resource plan = plan(next, ofProgramme);
            assertThat(permits(CallerKind.CLINICIAN, plan, was, false))
                    .isEqualTo((ofProgramme ? clinician : clinicianByHand).equals("yes"));
            assertThat(permits(CallerKind.CLINIC_SYSTEM, plan, was, false))
                    .isEqualTo((ofProgramme ? system : systemByHand).equals("yes"));
            assertThat(permits(CallerKind.CLINICIAN, plan, was, true))
                    .as("once it has been looked over")
                    .isTrue();
            assertThat(permits(CallerKind.ADMINISTRATOR, plan, was, false))
                    .as("the loader writes histories")
                    .isTrue();
        }
    }

    /** Whoever it is: the rule asks for a clinician, and does not lean on the matrix alone. */
    @ParameterizedTest
    @EnumSource(
            value = CallerKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ADMINISTRATOR", "CLINICIAN"})
    void nobodyButAClinicianLetsAPlanHold(CallerKind kind) {
        Resource active = plan(CarePlanStatus.ACTIVE, false);
        assertThat(permits(kind, active, Optional.empty(), false)).isFalse();
        assertThat(permits(kind, active, Optional.of(plan(CarePlanStatus.DRAFT, false)), false))
                .isFalse();
        assertThat(permits(kind, active, Optional.of(plan(CarePlanStatus.ONHOLD, false)), false))
                .isFalse();
    }

    @Test
    void withoutAStatusItIsTheProfileThatRefuses() {
        assertThat(permits(CallerKind.CLINICIAN, new CarePlan(), Optional.empty(), false))
                .isTrue();
    }

    @Test
    void nobodyElseSaysWhoReleasedAPlan() {
        Provenance release = new Provenance();
        release.addTarget(new Reference("CarePlan/plan/_history/2"));
        Provenance ofAFlag = new Provenance();
        ofAFlag.addTarget(new Reference("Observation/flag/_history/2"));
        for (CallerKind kind : List.of(CallerKind.CLINICIAN, CallerKind.ANALYSIS_JOB)) {
            assertThat(permits(kind, release, Optional.empty(), true)).isFalse();
            assertThat(permits(kind, ofAFlag, Optional.empty(), false)).isTrue();
        }
        assertThat(permits(CallerKind.ADMINISTRATOR, release, Optional.empty(), false))
                .isTrue();
    }

    @Test
    void aPlanByHandStaysOne() {
        assertThat(permits(
                        CallerKind.CLINICIAN,
                        plan(CarePlanStatus.DRAFT, false),
                        Optional.of(plan(CarePlanStatus.DRAFT, true)),
                        true))
                .isFalse();
        assertThat(permits(
                        CallerKind.CLINICIAN,
                        plan(CarePlanStatus.ACTIVE, true),
                        Optional.of(plan(CarePlanStatus.ACTIVE, false)),
                        true))
                .isFalse();
        assertThat(permits(CallerKind.CLINICIAN, new Goal(), Optional.empty(), false))
                .isTrue();
    }

    /** Of medicines that a programme proposed; by the identifier that is to be, or that is stored. */
    @ParameterizedTest
    @CsvSource({
        "PROPOSAL, DRAFT, true",
        "PROPOSAL, CANCELLED, true",
        "PROPOSAL, ENTEREDINERROR, true",
        "PROPOSAL, ACTIVE, false",
        "PROPOSAL, ONHOLD, false",
        "PROPOSAL, COMPLETED, false",
        "PROPOSAL, UNKNOWN, false",
        "ORDER, ACTIVE, true",
        "PLAN, ACTIVE, true",
        "ORDER, DRAFT, true"
    })
    void aProposedMedicineNeverHoldsAsAProposal(
            MedicationRequestIntent intent, MedicationRequestStatus status, boolean permitted) {
        Resource next = medicine(intent, status, true);
        Resource unnamed = medicine(intent, status, false);
        Optional<Resource> stored =
                Optional.of(medicine(MedicationRequestIntent.PROPOSAL, MedicationRequestStatus.DRAFT, true));
        for (CallerKind kind : List.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM)) {
            assertThat(permits(kind, next, Optional.empty(), false)).isEqualTo(permitted);
            assertThat(permits(kind, next, stored, false)).isEqualTo(permitted);
            assertThat(permits(kind, unnamed, stored, false))
                    .as("without its identifier")
                    .isEqualTo(permitted);
            assertThat(permits(kind, unnamed, Optional.empty(), false))
                    .as("a clinic's own")
                    .isTrue();
        }
    }

    private static Resource medicine(
            MedicationRequestIntent intent, MedicationRequestStatus status, boolean ofProgramme) {
        MedicationRequest medicine = new MedicationRequest().setIntent(intent).setStatus(status);
        if (ofProgramme) {
            medicine.addIdentifier()
                    .setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER)
                    .setValue("key.propose-statin");
        }
        return medicine;
    }

    private static boolean permits(CallerKind kind, Resource next, Optional<Resource> stored, boolean reviewed) {
        return new TherapyPlanPolicy().decide(Callers.caller(Callers.of(kind)), next, stored, reviewed)
                instanceof Decision.Permit;
    }

    private static Resource plan(CarePlanStatus status, boolean ofProgramme) {
        CarePlan plan = new CarePlan().setStatus(status);
        if (ofProgramme) {
            plan.addIdentifier().setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER).setValue("key");
        }
        return plan;
    }
}
