package eu.sinusnode.server.audit.chain;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SHA-256, and the one way in which values are laid out as bytes before they are hashed: each with its length in front. */
public final class Digests {

    private Digests() {}

    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    /** Values one after the other; no two different lists of values give the same bytes. */
    public static final class Layout {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        private final DataOutputStream out = new DataOutputStream(bytes);

        /** @param form names what follows and the version of its layout */
        public Layout(String form) {
            text(form);
        }

        public Layout text(@Nullable String value) {
            return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        }

        public Layout bytes(byte @Nullable [] value) {
            try {
                out.writeInt(value == null ? -1 : value.length);
                if (value != null) {
                    out.write(value);
                }
                return this;
            } catch (IOException e) {
                throw new IllegalStateException("Memory does not refuse bytes.", e);
            }
        }

        public Layout number(long value) {
            return text(Long.toString(value));
        }

        public Layout id(@Nullable UUID value) {
            return text(value == null ? null : value.toString());
        }

        public Layout day(@Nullable LocalDate value) {
            return text(value == null ? null : value.toString());
        }

        /** To the millisecond, as it is stored. */
        public Layout instant(@Nullable Instant value) {
            return text(value == null ? null : Long.toString(value.toEpochMilli()));
        }

        public Layout texts(List<String> values) {
            number(values.size());
            values.forEach(this::text);
            return this;
        }

        public byte[] toBytes() {
            return bytes.toByteArray();
        }
    }
}
