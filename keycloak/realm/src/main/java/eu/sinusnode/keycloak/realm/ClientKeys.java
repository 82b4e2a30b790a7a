package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a backend client: a set that was handed over, or the address where the client publishes its own and
 * changes them when it likes. SMART Backend Services name the two algorithms.
 *
 * @param algorithm {@code RS384} or {@code ES384}: assertions signed with another are refused
 * @param jwks a JWK set in JSON, public parts only
 * @param url of a JWK set; https, or loopback for trying
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientKeys(
        String algorithm, @Nullable String jwks, @Nullable URI url) {

    public static final String RS384 = "RS384";
    public static final String ES384 = "ES384";

    private static final int SHORTEST_RSA = 2048;

    public ClientKeys {
        if (!Set.of(RS384, ES384).contains(algorithm)) {
            throw new IllegalArgumentException("'" + algorithm + "' is not taken: a client signs with RS384 or ES384.");
        }
        if ((jwks == null) == (url == null)) {
            throw new IllegalArgumentException("A client has either a set of keys or the address of one.");
        }
    }

    /** @throws IllegalArgumentException for a private key, and for keys of both or of neither algorithm */
    public static ClientKeys of(JWKSet keys) {
        if (keys.isEmpty() || keys.containsNonPublicKeys()) {
            throw new IllegalArgumentException("A client's public keys are needed, and no private one.");
        }
        Set<String> algorithms =
                keys.getKeys().stream().map(ClientKeys::algorithmOf).collect(Collectors.toSet());
        if (algorithms.size() != 1) {
            throw new IllegalArgumentException("The keys of one client are all for RS384 or all for ES384.");
        }
        JWKSet complete =
                new JWKSet(keys.getKeys().stream().map(ClientKeys::complete).toList());
        return new ClientKeys(algorithms.iterator().next(), complete.toString(true), null);
    }

    /** Keycloak passes over a key that does not say its use, and finds a key by its id. */
    private static JWK complete(JWK key) {
        try {
            String id = key.getKeyID() == null ? key.computeThumbprint().toString() : key.getKeyID();
            return key instanceof RSAKey rsa
                    ? new RSAKey.Builder(rsa).keyUse(KeyUse.SIGNATURE).keyID(id).build()
                    : new ECKey.Builder(key.toECKey())
                            .keyUse(KeyUse.SIGNATURE)
                            .keyID(id)
                            .build();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The key has no thumbprint.", e);
        }
    }

    /** @throws IllegalArgumentException for an address that Keycloak may not call */
    public static ClientKeys at(URI url, String algorithm) {
        return new ClientKeys(algorithm, null, PartnerAddress.checked(url, "The address of the keys"));
    }

    /** The algorithm that fits a key. */
    public static String algorithmOf(JWK key) {
        if (key instanceof ECKey ec && Curve.P_384.equals(ec.getCurve())) {
            return ES384;
        }
        if (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA) {
            return RS384;
        }
        throw new IllegalArgumentException("A client's key is EC P-384 (ES384) or RSA of 2048 bits or more (RS384).");
    }

    /** The set that was handed over; empty when the client publishes its own. */
    public JWKSet set() {
        try {
            return jwks == null ? new JWKSet() : JWKSet.parse(jwks);
        } catch (ParseException e) {
            throw new IllegalArgumentException("The client's keys are no JWK set.", e);
        }
    }
}
