package eu.sinusnode.policy.pipeline;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.audit.DenialAudit;
import java.util.List;

/** The table of contents of the request's way. */
public final class RequestPipeline {

    private final DenialAudit denialAudit;

    public RequestPipeline(FhirContext context, PipelinePorts ports, PipelineSettings settings) {
        this.denialAudit = new DenialAudit(ports.auditSink(), ports.clock(), settings.serverBase());
    }

    /** The steps, for one interceptor service that RestfulServer and the storage share; order of registration is of no matter. */
    public List<Object> interceptors() {
        throw new IllegalStateException("The request's way is not complete yet; nothing may be served without it.");
    }

    public DenialAudit denialAudit() {
        return denialAudit;
    }
}
