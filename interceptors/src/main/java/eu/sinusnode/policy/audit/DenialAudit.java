package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Puts refusals into the audit. When the sink fails, the call fails, and with it the request. */
public final class DenialAudit {

    private final AuditSink sink;
    private final Clock clock;
    private final AuditEvents events;

    public DenialAudit(AuditSink sink, Clock clock, String serverBase) {
        this.sink = sink;
        this.clock = clock;
        this.events = new AuditEvents(serverBase);
    }

    /** @param patientId the patient whose record was refused, or null when the refusal concerns the request */
    public void denied(RequestFacts request, @Nullable Caller caller, Decision.Deny deny, @Nullable String patientId) {
        sink.record(events.denial(request, caller, deny, patientId, clock.instant()));
    }

    /**
     * A request that the security chain refuses with 401. It must be called before the answer is written; if it throws,
     * the answer is a 503 instead.
     *
     * @param code {@link DenialCode#TOKEN_MISSING} or {@link DenialCode#TOKEN_INVALID}
     * @param reason what is wrong with the token, without the token
     */
    public void unauthenticated(RequestFacts request, DenialCode code, String reason) {
        denied(request, null, new Decision.Deny(code, reason), null);
    }
}
