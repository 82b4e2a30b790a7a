package eu.sinusnode.server.therapy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A plan begins to hold, and what of it waited with it, in the versions that were read.
 *
 * @param clinician {@code Practitioner/[id]}
 * @param remarks what the clinician is told and the plan holds all the same
 */
record Activation(CarePlan plan, PlanRecords records, String clinician, List<String> remarks, Instant now) {

    Bundle transaction() {
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        CarePlan active = plan.copy();
        active.setStatus(CarePlanStatus.ACTIVE);
        remarks.forEach(remark -> active.addNote(new Annotation()
                .setAuthor(new Reference(clinician))
                .setTime(Date.from(now))
                .setText("Activated although " + remark)));
        update(transaction, active);
        for (Goal goal : records.all(Goal.class)) {
            if (goal.getLifecycleStatus() == GoalLifecycleStatus.PROPOSED) {
                update(transaction, goal.copy().setLifecycleStatus(GoalLifecycleStatus.ACTIVE));
            }
        }
        for (ServiceRequest request : records.all(ServiceRequest.class)) {
            if (request.getStatus() == ServiceRequestStatus.DRAFT) {
                update(transaction, request.copy().setStatus(ServiceRequestStatus.ACTIVE));
            }
        }
        for (Task task : records.all(Task.class)) {
            if (task.getStatus() == TaskStatus.DRAFT) {
                update(transaction, task.copy().setStatus(TaskStatus.REQUESTED).setLastModified(Date.from(now)));
            }
        }
        return transaction;
    }

    private static void update(Bundle transaction, Resource record) {
        IdType id = record.getIdElement();
        transaction
                .addEntry()
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(id.toUnqualifiedVersionless().getValue())
                .setIfMatch("W/\"" + id.getVersionIdPart() + "\"");
    }
}
