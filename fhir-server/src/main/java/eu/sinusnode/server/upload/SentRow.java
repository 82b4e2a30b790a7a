package eu.sinusnode.server.upload;

import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.server.projection.ResourceIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A row of {@code sinusnode.sent_identifier}.
 *
 * @param vital whether it is of a vital sign
 */
record SentRow(Key key, UUID sender, UUID record, boolean vital) {

    /**
     * @param identifier the first 16 bytes of the SHA-256 of type, system and value, in lines; who could make two of the
     *     same would only confuse what the own sender has brought
     */
    record Key(UUID patient, UUID identifier) {
        static Key of(SentIdentifier identifier) {
            return new Key(
                    ResourceIds.require("Patient", identifier.patientId()),
                    digest(String.join("\n", identifier.resourceType(), identifier.system(), identifier.value())));
        }
    }

    /** An identifier of a record. */
    record Named(UUID record, UUID identifier) {}

    static UUID number(Sender sender) {
        return digest(sender.name());
    }

    private static UUID digest(String text) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
