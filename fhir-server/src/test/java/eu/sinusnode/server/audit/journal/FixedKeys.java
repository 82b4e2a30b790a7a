package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AuditKey;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.util.Arrays;
import java.util.Optional;

/** Two keys, of which one is current. */
final class FixedKeys implements AuditKeys {

    private volatile String current = "one";

    @Override
    public AuditKey current() {
        return key(current);
    }

    @Override
    public Optional<AuditKey> find(String kid) {
        return kid.equals("one") || kid.equals("two") ? Optional.of(key(kid)) : Optional.empty();
    }

    void rotate() {
        current = "two";
    }

    private static AuditKey key(String kid) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) kid.length());
        secret[0] = (byte) kid.charAt(0);
        return new AuditKey(kid, secret);
    }
}
