package eu.sinusnode.policy.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.StepOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what an answer discloses, what was written, and each refusal, before the answer leaves; an answer that cannot be
 * recorded becomes a 503.
 */
@Interceptor
public final class AuditInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(AuditInterceptor.class);

    private final RequestAudit audit;

    public AuditInterceptor(RequestAudit audit) {
        this.audit = audit;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.AUDIT_OF_REQUEST)
    public void before(RequestDetails request) {
        RequestFactsReader.rememberParameters(request);
    }

    /** For what the answer shows, and for refusals inside an answer that is otherwise a success. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.AUDIT_OF_ANSWER)
    public void beforeAnswer(RequestDetails request) {
        BaseServerResponseException failure = audit.record(request);
        if (failure != null) {
            throw failure;
        }
    }

    /** For refusals that are the answer. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = StepOrder.AUDIT_OF_REFUSAL)
    public @Nullable BaseServerResponseException beforeRefusal(RequestDetails request, Throwable fault) {
        BaseServerResponseException failure = audit.record(request);
        return failure == null && fault instanceof BaseServerResponseException answer
                ? audit.recordFault(request, answer)
                : failure;
    }

    /** An operation that wrote its answer itself and noted nothing: late, but it does not go unseen. */
    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED_NORMALLY)
    public void afterAnswer(RequestDetails request) {
        if (!DisclosureLedger.isRecorded(request)
                && RequestFactsReader.interaction(request.getRestOperationType()) == AuditedInteraction.OPERATION) {
            DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, List.of());
        }
        if (audit.record(request) != null) {
            LOG.error(
                    "Request {} had been answered when it could not be audited; its operation has to record first",
                    request.getRequestId());
        }
    }
}
