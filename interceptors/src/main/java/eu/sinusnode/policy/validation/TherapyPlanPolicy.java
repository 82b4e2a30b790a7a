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
 * A plan that was made of a programme is a draft until it has been looked over: by {@code CarePlan/[id]/$activate}, and by
 * no change of its status beside that. Who did is recorded by this server alone. A medicine that a programme has proposed is
 * prescribed by a change of its intent, or declined; as a proposal it never holds.
 */
public final class TherapyPlanPolicy {

    /** Attribute of a request that this server has made itself, once it has looked the plan over. */
    public static final String REVIEWED = TherapyPlanPolicy.class.getName() + ".reviewed";

    private static final Set<CarePlanStatus> UNREVIEWED =
            Set.of(CarePlanStatus.DRAFT, CarePlanStatus.REVOKED, CarePlanStatus.ENTEREDINERROR);

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
        boolean held =
                was.filter(before -> !UNREVIEWED.contains(before.getStatus())).isPresent();
        return !isOfProgramme(plan) || held || reviewed || UNREVIEWED.contains(plan.getStatus())
                ? permit()
                : deny("a plan that was made of a programme is a draft until CarePlan/[id]/$activate");
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
