package eu.sinusnode.server.audit.crypto;

import java.util.Optional;

/** The audit's master keys, by name; a rotated one stays for what was made with it. */
public interface AuditKeys {

    AuditKey current();

    /** Empty when there is no such key any more: what was made with it cannot be opened. */
    Optional<AuditKey> find(String kid);
}
