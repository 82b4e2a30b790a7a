package eu.sinusnode.server.jobs;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.JobRun;
import eu.sinusnode.policy.audit.RequestAudit;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;

/**
 * {@code POST [base]/$job-run}: a job tells that a run begins, before it reads, how far it has come, and that it is over,
 * also when it failed. Start and end stand in the audit once, however often they are told. Who may call it is decided on the request's way.
 */
public final class JobRunOperation {

    static final String NAME = "$job-run";

    private final RequestAudit audit;
    private final JobMeters meters;

    JobRunOperation(RequestAudit audit, JobMeters meters) {
        this.audit = audit;
        this.meters = meters;
    }

    /** @return the run and the phase that was taken */
    @Operation(name = NAME)
    public Parameters tell(RequestDetails request) {
        JobRunRequest told = JobRunRequest.read(request.getResource());
        JobRun audited = told.audited();
        if (audited != null) {
            audit.told(request, audited);
        }
        if (told.phase() != JobRunRequest.Phase.LIFT) {
            meters.told(told);
        }
        Parameters answer = new Parameters();
        answer.addParameter().setName("run").setValue(new IdType(told.run().toString()));
        answer.addParameter()
                .setName("phase")
                .setValue(new CodeType(told.phase().code()));
        return answer;
    }
}
