package eu.sinusnode.server.jobs;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.RequestAudit;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;

/**
 * {@code POST [base]/$job-run}: a job tells that a run begins, before it reads, and that it is over, also when it failed.
 * Told again, it is answered the same and stands in the audit once. Who may call it is decided on the request's way.
 */
public final class JobRunOperation {

    static final String NAME = "$job-run";

    private final RequestAudit audit;

    JobRunOperation(RequestAudit audit) {
        this.audit = audit;
    }

    /** @return the run and the phase that stand in the audit now */
    @Operation(name = NAME)
    public Parameters tell(RequestDetails request) {
        JobRunRequest told = JobRunRequest.read(request.getResource());
        audit.told(request, told.run());
        Parameters answer = new Parameters();
        answer.addParameter().setName("run").setValue(new IdType(told.run().id().toString()));
        answer.addParameter()
                .setName("phase")
                .setValue(new CodeType(told.phase().code()));
        return answer;
    }
}
