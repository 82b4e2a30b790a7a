package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts refusals into the audit. When the sink fails, the call fails, and with it the request. */
public final class DenialAudit {

    private final AuditTrail trail;

    public DenialAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** @param patientIds the patients whose records were refused; empty when the refusal concerns the request */
    public void denied(
            RequestFacts request, @Nullable AuditedCaller caller, Decision.Deny deny, List<String> patientIds) {
        String type = request.resourceType() == null ? "Patient" : request.resourceType();
        trail.record(
                request,
                caller,
                new AuditOutcome.Denied(deny.code().code(), deny.reason()),
                patientIds.stream()
                        .map(patient -> new AuditedRecord(patient, type, request.resourceId(), null))
                        .toList());
    }

    /**
     * A request that the security chain refuses with 401. It must be called before the answer is written; if it throws,
     * the answer is a 503 instead.
     *
     * @param code {@link DenialCode#TOKEN_MISSING} or {@link DenialCode#TOKEN_INVALID}
     * @param reason what is wrong with the token, without the token
     */
    public void unauthenticated(RequestFacts request, DenialCode code, String reason) {
        denied(request, null, new Decision.Deny(code, reason), List.of());
    }

    /** A request that is refused for its form, before it is known who calls. */
    public void refused(RequestFacts request, String code, String reason) {
        trail.record(request, null, new AuditOutcome.Denied(code, reason), List.of());
    }
}
