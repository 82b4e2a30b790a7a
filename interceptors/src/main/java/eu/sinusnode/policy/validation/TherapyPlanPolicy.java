package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.ImposedProfiles;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * A plan is a draft until a clinician has looked it over: by {@code CarePlan/[id]/$activate}, and by no change of its status
 * beside that, whether it was made of a programme or written by hand. Who did is recorded by this server alone. One that rests
 * holds again when a clinician says so; one that has ended does not. What the administrator's loader brings was looked over
 * elsewhere. A medicine that a programme has proposed is prescribed by a change of its intent, or declined; as a proposal it
 * never holds.
 */
public final class TherapyPlanPolicy {

    /** Attribute of a request that this server has made itself, once it has looked the plan over. */
    public static final String REVIEWED = TherapyPlanPolicy.class.getName() + ".reviewed";

    /** Nobody is treated by it now. */
    private static final Set<CarePlanStatus> UNREVIEWED =
            EnumSet.of(CarePlanStatus.DRAFT, CarePlanStatus.REVOKED, CarePlanStatus.ENTEREDINERROR);

    /** Somebody is treated by it, or will be again. */
    private static final Set<CarePlanStatus> HOLDS =
            EnumSet.of(CarePlanStatus.ACTIVE, CarePlanStatus.ONHOLD, CarePlanStatus.UNKNOWN);

    private static final Set<MedicationRequestStatus> NOTHING_TO_TAKE = EnumSet.of(
            MedicationRequestStatus.DRAFT, MedicationRequestStatus.CANCELLED, MedicationRequestStatus.ENTEREDINERROR);

    /**
     * @param stored what an update replaces; empty for a new record
     * @param reviewed whether the plan has been looked over in the version that is stored
     */
    public Decision decide(Caller caller, Resource resource, Optional<Resource> stored, boolean reviewed) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return permit();
        }
        if (resource instanceof Provenance provenance && ImposedProfiles.isRelease(provenance)) {
            return deny("who released a plan is recorded by CarePlan/[id]/$activate");
        }
        if (resource instanceof MedicationRequest medicine && isProposalThatHolds(medicine, stored)) {
            return deny(
                    "a proposed medicine is prescribed with intent order or plan, or declined with status cancelled");
        }
        if (!(resource instanceof CarePlan plan)) {
            return permit();
        }
        Optional<CarePlan> was = stored.filter(CarePlan.class::isInstance).map(CarePlan.class::cast);
        if (was.isPresent() && isOfProgramme(was.get()) != isOfProgramme(plan)) {
            return deny("whether a plan was made of a programme does not change: its identifier stays");
        }
        return reviewed ? permit() : decide(caller, plan, was.map(CarePlan::getStatus));
    }

    private static Decision decide(Caller caller, CarePlan plan, Optional<CarePlanStatus> was) {
        CarePlanStatus next = plan.getStatus();
        boolean held = was.filter(HOLDS::contains).isPresent();
        if (next == CarePlanStatus.COMPLETED) {
            return held || !isOfProgramme(plan) || was.filter(next::equals).isPresent()
                    ? permit()
                    : deny("a plan that was made of a programme is completed after it has held");
        }
        // Without a status it is refused for that.
        if (next == null || UNREVIEWED.contains(next)) {
            return permit();
        }
        if (!held) {
            return deny("a plan is a draft until a clinician lets it hold, with CarePlan/[id]/$activate");
        }
        boolean again =
                next == CarePlanStatus.ACTIVE && was.filter(next::equals).isEmpty();
        return again && caller.kind() != CallerKind.CLINICIAN
                ? deny("a plan that rests holds again when a clinician says so")
                : permit();
    }

    private static boolean isProposalThatHolds(MedicationRequest medicine, Optional<Resource> stored) {
        boolean ofProgramme = isOfProgramme(medicine.getIdentifier())
                || stored.filter(MedicationRequest.class::isInstance)
                        .map(MedicationRequest.class::cast)
                        .filter(before -> isOfProgramme(before.getIdentifier()))
                        .isPresent();
        return ofProgramme
                && medicine.getIntent() == MedicationRequestIntent.PROPOSAL
                && !NOTHING_TO_TAKE.contains(medicine.getStatus());
    }

    private static boolean isOfProgramme(CarePlan plan) {
        return isOfProgramme(plan.getIdentifier());
    }

    private static boolean isOfProgramme(List<Identifier> identifiers) {
        return identifiers.stream()
                .anyMatch(identifier -> Canonicals.THERAPY_PLAN_IDENTIFIER.equals(identifier.getSystem()));
    }

    private static Decision permit() {
        return Decision.Permit.of("content", "the plan may be stored so");
    }

    private static Decision deny(String reason) {
        return new Decision.Deny(DenialCode.CONTENT, reason);
    }
}
