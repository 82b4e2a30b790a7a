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

class TherapyPlanPolicyTest {

    /** Of plans of a programme: what was stored, what is to be, whether it has been looked over. */
    @ParameterizedTest
    @CsvSource({
        ", DRAFT, false, true",
        ", ACTIVE, false, false",
        ", COMPLETED, false, false",
        "DRAFT, DRAFT, false, true",
        "DRAFT, ACTIVE, false, false",
        "DRAFT, ONHOLD, false, false",
        "DRAFT, COMPLETED, false, false",
        "DRAFT, UNKNOWN, false, false",
        "DRAFT, REVOKED, false, true",
        "DRAFT, ENTEREDINERROR, false, true",
        "DRAFT, ACTIVE, true, true",
        "REVOKED, ACTIVE, false, false",
        "ACTIVE, ONHOLD, false, true",
        "ONHOLD, ACTIVE, false, true",
        "ACTIVE, COMPLETED, false, true"
    })
    void aDraftIsLookedOverFirst(
            @Nullable CarePlanStatus stored, CarePlanStatus next, boolean reviewed, boolean permitted) {
        Optional<Resource> was = Optional.ofNullable(stored).map(status -> plan(status, true));
        assertThat(permits(CallerKind.CLINICIAN, plan(next, true), was, reviewed))
                .isEqualTo(permitted);
        assertThat(permits(CallerKind.CLINIC_SYSTEM, plan(next, true), was, reviewed))
                .isEqualTo(permitted);
        assertThat(permits(CallerKind.ADMINISTRATOR, plan(next, true), was, reviewed))
                .as("the loader writes histories")
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
    void aPlanByHandIsTheClinicsOwnAndStaysOne() {
        assertThat(permits(CallerKind.CLINICIAN, plan(CarePlanStatus.ACTIVE, false), Optional.empty(), false))
                .isTrue();
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
