package eu.sinusnode.server.audit.crypto;

import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.util.Optional;

/** The keys of purpose {@code audit}. */
public final class PurposeAuditKeys implements AuditKeys {

    private final PurposeKeys keys;

    public PurposeAuditKeys(PurposeKeys keys) {
        this.keys = keys;
    }

    @Override
    public AuditKey current() {
        return key(keys.current(KeyPurpose.AUDIT));
    }

    @Override
    public Optional<AuditKey> find(String kid) {
        return keys.find(KeyPurpose.AUDIT, kid).map(PurposeAuditKeys::key);
    }

    private static AuditKey key(PurposeKey key) {
        return new AuditKey(key.kid(), key.secret("AES").getEncoded());
    }
}
