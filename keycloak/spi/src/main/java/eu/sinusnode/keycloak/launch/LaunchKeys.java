package eu.sinusnode.keycloak.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The FHIR server's launch keys, fetched when they are needed and kept for a minute, so that a key that was rotated out
 * is soon good for nothing. A key id that nobody knows makes it look again, every few seconds at most. Fails closed: no
 * answer, no launch.
 */
public final class LaunchKeys {

    static final Duration KEPT = Duration.ofMinutes(1);
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where the key set comes from. */
    @FunctionalInterface
    public interface Source {
        /** @return a JWK set (RFC 7517) as JSON */
        String fetch() throws IOException;
    }

    private final Source source;
    private Map<String, ECPublicKey> known = Map.of();
    private Instant fetched = Instant.MIN;
    private Instant looked = Instant.MIN;

    public LaunchKeys(Source source) {
        this.source = source;
    }

    synchronized ECPublicKey find(String id, Instant now) throws LaunchRefusedException {
        boolean fresh = fetched.isAfter(now.minus(KEPT));
        if (!fresh || !known.containsKey(id)) {
            if (looked.isAfter(now.minus(BETWEEN_LOOKS))) {
                throw fresh ? unknown() : LaunchRefusedException.keysUnavailable();
            }
            look(now);
        }
        ECPublicKey key = known.get(id);
        if (key == null) {
            throw unknown();
        }
        return key;
    }

    private void look(Instant now) throws LaunchRefusedException {
        looked = now;
        try {
            known = parse(source.fetch());
            fetched = now;
        } catch (IOException e) {
            throw LaunchRefusedException.keysUnavailable();
        }
    }

    private static Map<String, ECPublicKey> parse(String set) throws JsonProcessingException {
        Map<String, ECPublicKey> keys = new HashMap<>();
        for (JsonNode jwk : JSON.readTree(set).path("keys")) {
            String id = jwk.path("kid").asText("");
            if (!id.isEmpty()) {
                P256.of(jwk).ifPresent(key -> keys.put(id, key));
            }
        }
        return Map.copyOf(keys);
    }

    private static LaunchRefusedException unknown() {
        return LaunchRefusedException.because("launch is signed with a key that the FHIR server does not have");
    }
}
