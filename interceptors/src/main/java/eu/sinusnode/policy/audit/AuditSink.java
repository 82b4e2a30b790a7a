package eu.sinusnode.policy.audit;

/**
 * Where entries go. An entry is durable when the call returns, whatever becomes of the request and of the process; a
 * failure to store it must fail the request.
 */
public interface AuditSink {

    /** @throws RuntimeException when the entry is not stored */
    void record(AuditEntry entry);
}
