package eu.sinusnode.server.therapy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
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

    /**
     * Who did it, in the versions that hold from then on. The same for the same version of the draft.
     *
     * @param organization id of the clinician's
     */
    Provenance release(String organization) {
        Provenance release = new Provenance();
        release.setId(new IdType(
                "Provenance",
                UUID.nameUUIDFromBytes(("release|"
                                        + plan.getIdElement().toUnqualified().getValue())
                                .getBytes(StandardCharsets.UTF_8))
                        .toString()));
        transaction().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement())
                .forEach(id -> release.addTarget(new Reference(id.toUnqualifiedVersionless()
                        .withVersion(Long.toString(id.getVersionIdPartAsLong() + 1))
                        .getValue())));
        release.setRecorded(Date.from(now));
        release.getActivity()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-DataOperation")
                .setCode("ACTIVATE");
        ProvenanceAgentComponent agent = release.addAgent();
        agent.getType()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/provenance-participant-type")
                .setCode("verifier");
        agent.setWho(new Reference(clinician)).setOnBehalfOf(new Reference("Organization/" + organization));
        return release;
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
