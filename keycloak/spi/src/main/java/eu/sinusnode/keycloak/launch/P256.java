package eu.sinusnode.keycloak.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Base64;
import java.util.Optional;

/** Public keys of the curve P-256 from their JWK (RFC 7517), by the Java runtime's own means. */
final class P256 {

    private P256() {}

    /** Empty for a key of another kind or use, and for a point that is not on the curve. */
    static Optional<ECPublicKey> of(JsonNode jwk) {
        if (!"EC".equals(jwk.path("kty").asText())
                || !"P-256".equals(jwk.path("crv").asText())
                || !"sig".equals(jwk.path("use").asText("sig"))
                || !"ES256".equals(jwk.path("alg").asText("ES256"))) {
            return Optional.empty();
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            ECPoint point = new ECPoint(
                    number(jwk.path("x").asText()), number(jwk.path("y").asText()));
            if (!isOn(curve.getCurve(), point)) {
                return Optional.empty();
            }
            return Optional.of(
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    /** y² = x³ + ax + b, with both coordinates below the field's prime. */
    private static boolean isOn(EllipticCurve curve, ECPoint point) {
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right =
                x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).mod(prime).equals(right);
    }
}
