package eu.sinusnode.keycloak.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/**
 * Reads a {@code launch}: a compact JWS (RFC 7515) of the FHIR server, ES256 and nothing else. All that it does not say as
 * it must refuses it; what only the login can tell, whether its user is the one who logs in, is left to the caller, and
 * so is that it is good once.
 *
 * @param issuer {@code iss}: the FHIR server's base URL
 * @param audience {@code aud}: this realm's issuer URL
 */
public record LaunchRules(String issuer, String audience) {

    static final Duration LONGEST_LIFE = Duration.ofSeconds(60);
    /** How far the clocks of two machines may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final int LONGEST = 2000;
    private static final int SIGNATURE_BYTES = 64;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @param launch the authorization request's parameter
     * @param client the {@code client_id} that sent it
     * @throws LaunchRefusedException when it is not a launch of this server for this client, now
     */
    public LaunchToken read(String launch, String client, LaunchKeys keys, Instant now) throws LaunchRefusedException {
        String[] parts = launch.split("\\.", -1);
        require(launch.length() <= LONGEST && parts.length == 3, "launch is no compact JWS");
        JsonNode header = object(parts[0]);
        require("ES256".equals(text(header, "alg")), "launch is not signed ES256");
        require("launch+jwt".equals(text(header, "typ").toLowerCase(Locale.ROOT)), "launch has another typ");
        require(!header.has("crit"), "launch demands an extension");
        ECPublicKey key = keys.find(text(header, "kid"), now);
        require(signedBy(key, parts), "launch has a wrong signature");
        return claims(object(parts[1]), client, now);
    }

    private LaunchToken claims(JsonNode claims, String client, Instant now) throws LaunchRefusedException {
        require(issuer.equals(text(claims, "iss")), "launch has another issuer");
        require(audience.equals(text(claims, "aud")), "launch is for another authorization server");
        require(client.equals(text(claims, "client_id")), "launch is for another client");
        Instant issued = instant(claims, "iat");
        Instant expires = instant(claims, "exp");
        require(!issued.isAfter(now.plus(CLOCK_SKEW)), "launch is not valid yet");
        require(expires.plus(CLOCK_SKEW).isAfter(now), "launch has expired");
        require(!expires.isAfter(issued.plus(LONGEST_LIFE)), "launch lives too long");
        String subject = text(claims, "sub");
        String patient = text(claims, "patient");
        String id = text(claims, "jti");
        require(!subject.isEmpty(), "launch names no user");
        require(LaunchToken.isFhirId(patient), "launch names no patient");
        require(!id.isEmpty() && id.length() <= 100, "launch has no jti");
        String encounter = claims.has("encounter") ? text(claims, "encounter") : null;
        require(encounter == null || LaunchToken.isFhirId(encounter), "launch names no encounter");
        return new LaunchToken(subject, patient, encounter, id, expires);
    }

    private static boolean signedBy(ECPublicKey key, String[] parts) throws LaunchRefusedException {
        byte[] signature = bytes(parts[2]);
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Zeros and the like: no signature at all.
            return false;
        }
    }

    private static JsonNode object(String part) throws LaunchRefusedException {
        try {
            JsonNode node = JSON.readTree(bytes(part));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw LaunchRefusedException.because("launch is no compact JWS");
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory are always readable.", e);
        }
        throw LaunchRefusedException.because("launch is no compact JWS");
    }

    private static byte[] bytes(String part) throws LaunchRefusedException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw LaunchRefusedException.because("launch is no compact JWS");
        }
    }

    /** Empty when it is absent or no text. */
    private static String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : "";
    }

    private static Instant instant(JsonNode claims, String name) throws LaunchRefusedException {
        JsonNode seconds = claims.path(name);
        require(seconds.isIntegralNumber() && seconds.canConvertToInt(), "launch has no " + name);
        return Instant.ofEpochSecond(seconds.intValue());
    }

    private static void require(boolean holds, String refusal) throws LaunchRefusedException {
        if (!holds) {
            throw LaunchRefusedException.because(refusal);
        }
    }
}
