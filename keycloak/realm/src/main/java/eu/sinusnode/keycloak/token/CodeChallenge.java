package eu.sinusnode.keycloak.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * PKCE (RFC 7636): what binds an authorization code to the client that asked for it.
 *
 * @param method {@code S256}; {@code plain} is refused by every registration of SinusNode
 */
public record CodeChallenge(String verifier, String challenge, String method) {

    public static CodeChallenge s256() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String verifier = base64(random);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new CodeChallenge(verifier, base64(hash), "S256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
