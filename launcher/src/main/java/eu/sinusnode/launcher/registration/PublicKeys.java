package eu.sinusnode.launcher.registration;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as partners hand them over: PEM ({@code BEGIN PUBLIC KEY}), a JWK, or a JWK set. */
final class PublicKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeys() {}

    /** @throws Trouble when the file holds no public key of EC P-384 or RSA, or a private one */
    static JWKSet read(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.contains("PRIVATE KEY")) {
                throw new Trouble(
                        file + " holds a private key, which its owner alone should have.",
                        "Take the public one: openssl pkey -in " + file.getFileName() + " -pubout");
            }
            JWKSet keys = text.startsWith("{") ? json(text) : pem(text);
            if (keys.containsNonPublicKeys()) {
                throw new Trouble(
                        file + " holds a private key, which its owner alone should have.",
                        "Hand over the public part of the JWK.");
            }
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, e);
        } catch (IOException e) {
            throw new Trouble(file + " cannot be read (" + e.getMessage() + ").", "Name the file of the key.", e);
        }
        throw unusable(file, new IOException("no key"));
    }

    private static JWKSet json(String text) throws ParseException {
        return text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(JWK.parse(text));
    }

    private static JWKSet pem(String text) throws GeneralSecurityException, JOSEException {
        List<JWK> keys = new ArrayList<>();
        Matcher matcher = PEM.matcher(text);
        while (matcher.find()) {
            keys.add(key(Base64.getMimeDecoder().decode(matcher.group(1).strip())));
        }
        return new JWKSet(keys);
    }

    private static JWK key(byte[] encoded) throws GeneralSecurityException, JOSEException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
        try {
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return new RSAKey.Builder(rsa)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build();
        } catch (GeneralSecurityException notRsa) {
            ECPublicKey ec = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            return new ECKey.Builder(Curve.P_384, ec)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build();
        }
    }

    private static Trouble unusable(Path file, Exception e) {
        return new Trouble(
                file + " holds no public key that a client may sign with.",
                "Needed is EC P-384 or RSA of 2048 bits or more, as PEM (BEGIN PUBLIC KEY), JWK or JWK set.",
                e);
    }
}
