package eu.sinusnode.policy.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.StepOrder;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records each refusal before the answer leaves; an answer whose refusals cannot be recorded becomes a 503. */
@Interceptor
public final class AuditInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(AuditInterceptor.class);

    private final DenialAudit audit;

    public AuditInterceptor(DenialAudit audit) {
        this.audit = audit;
    }

    /** For refusals inside an answer that is otherwise a success, as an empty or a thinned search. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.AUDIT_OF_ANSWER)
    public void beforeAnswer(RequestDetails request) {
        BaseServerResponseException failure = recordAll(request);
        if (failure != null) {
            throw failure;
        }
    }

    /** For refusals that are the answer. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = StepOrder.AUDIT_OF_REFUSAL)
    public @Nullable BaseServerResponseException beforeRefusal(RequestDetails request) {
        return recordAll(request);
    }

    private @Nullable BaseServerResponseException recordAll(RequestDetails request) {
        try {
            Caller caller = CurrentCaller.find(request).orElse(null);
            RequestFacts facts = RequestFactsReader.read(request);
            DenialLedger.drain(request).forEach((deny, patients) -> audit.denied(facts, caller, deny, patients));
            return null;
        } catch (RuntimeException e) {
            LOG.error(
                    "A refusal could not be audited, so request {} ends in a 503: {}",
                    request.getRequestId(),
                    FaultOrigin.of(e));
            return unavailable();
        }
    }

    private static BaseServerResponseException unavailable() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.TRANSIENT)
                .setDiagnostics("The server cannot answer now; try again later.");
        UnclassifiedServerFailureException unavailable = new UnclassifiedServerFailureException(503, "unavailable");
        unavailable.setOperationOutcome(outcome);
        return unavailable;
    }
}
