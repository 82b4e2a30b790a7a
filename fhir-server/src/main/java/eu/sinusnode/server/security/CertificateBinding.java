package eu.sinusnode.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** RFC 8705: a token with {@code cnf.x5t#S256} is worth nothing without the client certificate of that hash. */
final class CertificateBinding {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private CertificateBinding() {}

    /** True for a token that is bound to nothing; one that is bound in a way that is not understood holds nowhere. */
    static boolean holds(Jwt token, HttpServletRequest request) {
        boolean shown = request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0;
        return holds(token, shown ? ((X509Certificate[]) request.getAttribute(CERTIFICATES))[0] : null);
    }

    /** @param shown the client's certificate; null when it showed none */
    static boolean holds(Jwt token, @Nullable X509Certificate shown) {
        Object confirmation = token.getClaims().get("cnf");
        if (confirmation == null) {
            return true;
        }
        if (!(confirmation instanceof Map<?, ?> methods)
                || methods.size() != 1
                || !(methods.get("x5t#S256") instanceof String expected)) {
            return false;
        }
        return shown != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII),
                        thumbprint(shown).getBytes(StandardCharsets.US_ASCII));
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("A certificate cannot be hashed.", e);
        }
    }
}
