package eu.sinusnode.server.subscriptions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.audit.crypto.AesGcm;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Headers of a Subscription are passwords of somebody else's server: in the database they are sealed, each set to its row. */
public final class HeaderSeal {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PurposeKeys keys;

    public HeaderSeal(PurposeKeys keys) {
        this.keys = keys;
    }

    /** @param kid of the key */
    public record Sealed(byte[] bytes, String kid) {}

    /** @param subscription the row's own id, to which it is bound */
    public Sealed seal(UUID subscription, Map<String, String> headers) {
        PurposeKey key = keys.current(KeyPurpose.SUBSCRIPTION);
        try {
            return new Sealed(
                    AesGcm.seal(key.secret("AES"), context(subscription), JSON.writeValueAsBytes(headers)), key.kid());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers cannot be written as JSON.", e);
        }
    }

    /** @throws IllegalStateException when the key is gone or the bytes are another row's */
    public Map<String, String> open(UUID subscription, byte[] sealed, String kid) {
        PurposeKey key = keys.find(KeyPurpose.SUBSCRIPTION, kid)
                .orElseThrow(() -> new IllegalStateException("The key of a Subscription's headers is gone."));
        try {
            return JSON.readValue(
                    AesGcm.open(key.secret("AES"), context(subscription), sealed),
                    new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw new IllegalStateException("The headers of a Subscription cannot be read.", e);
        }
    }

    private static byte[] context(UUID subscription) {
        return subscription.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
