package eu.sinusnode.server.signoff;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.authorization.BatchEntry;
import eu.sinusnode.server.batch.EntryAnswer;
import eu.sinusnode.server.batch.InnerRequests;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * {@code Task/[id]/$sign-off}: a clinician accepts a risk flag or overrides it with a reason. What it reads and stores it
 * reads and stores as the clinician's own requests, so that it can do nothing that the clinician could not.
 */
public final class SignOffOperation {

    static final String NAME = "$sign-off";
    private static final int READ_TASK = 1;
    private static final int READ_FLAG = 2;
    private static final int STORE = 3;

    private final InnerRequests requests;
    private final FhirContext context;
    private final Clock clock;

    public SignOffOperation(InnerRequests requests, FhirContext context, Clock clock) {
        this.requests = requests;
        this.context = context;
        this.clock = clock;
    }

    @Operation(name = NAME, type = Task.class)
    public Parameters signOff(@IdParam IdType id, ServletRequestDetails request) {
        SignOffRequest asked = SignOffRequest.read(request.getResource());
        String clinician = Objects.requireNonNull(CurrentCaller.require(request).fhirUser());
        SignOff signOff = new SignOff(asked, clinician, clock.instant());
        Task task = read(Task.class, "Task/" + id.getIdPart(), READ_TASK, request);
        signOff.demandOpen(task);
        Observation flag = read(Observation.class, asked.flag().toVersionless().getValue(), READ_FLAG, request);
        signOff.demandOpen(flag);
        send(Bundle.class, new BatchEntry("POST", "", null, Map.of(), signOff.transaction(flag, task)), STORE, request);
        String patient = task.getFor().getReferenceElement().getIdPart();
        DisclosureLedger.permittedBy(request, "risk flag: " + asked.decision().code());
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patient, "Task", id.getIdPart(), null)));
        return new Parameters()
                .addParameter("flag", new Reference(asked.flag().toVersionless()))
                .addParameter("task", new Reference("Task/" + id.getIdPart()));
    }

    private <T extends Resource> T read(Class<T> type, String path, int number, ServletRequestDetails request) {
        return send(type, new BatchEntry("GET", path, null, Map.of(), null), number, request);
    }

    private <T extends Resource> T send(Class<T> type, BatchEntry entry, int number, ServletRequestDetails request) {
        EntryAnswer answer = requests.send(request, entry, number);
        if (answer.status() >= 300) {
            throw answer.refusal(context, "The decision was not stored.");
        }
        return context.newJsonParser().parseResource(type, Objects.requireNonNull(answer.content()));
    }
}
