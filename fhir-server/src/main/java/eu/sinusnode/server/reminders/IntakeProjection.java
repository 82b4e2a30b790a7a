package eu.sinusnode.server.reminders;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ImposedProfiles;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import java.util.List;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskOutputComponent;

/**
 * That an intake was answered with a MedicationAdministration. A transaction may create it beside the answer, which then names it by a
 * placeholder: only here its type is known.
 */
public final class IntakeProjection implements Projection {

    /** @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException when it was answered with something else */
    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (ImposedProfiles.isReminder(change.resource()) && !change.isDeletion()) {
                check((Task) change.resource());
            }
        }
    }

    private static void check(Task task) {
        boolean intake =
                "MedicationRequest".equals(task.getFocus().getReferenceElement().getResourceType());
        if (intake
                && !task.getOutput().stream()
                        .filter(IntakeProjection::saysWhatWasDone)
                        .allMatch(output -> output.getValue() instanceof Reference done
                                && "MedicationAdministration"
                                        .equals(done.getReferenceElement().getResourceType()))) {
            throw Denials.exception(
                    new Decision.Deny(DenialCode.CONTENT, "an intake is answered with a MedicationAdministration"),
                    "Task");
        }
    }

    private static boolean saysWhatWasDone(TaskOutputComponent output) {
        return output.getType().getCoding().stream()
                .anyMatch(coding -> Canonicals.REMINDER_DETAILS.equals(coding.getSystem())
                        && Codes.WHAT_WAS_DONE.equals(coding.getCode()));
    }
}
