package eu.sinusnode.policy.audit;

/** How it ended. */
public sealed interface AuditOutcome {

    /** @param rule stable name of the rule that permitted it */
    record Granted(String rule) implements AuditOutcome {}

    /**
     * @param code {@code SN-…} of the refusal, or the code of the system that refused
     * @param reason one plain sentence without resource content
     */
    record Denied(String code, String reason) implements AuditOutcome {}
}
