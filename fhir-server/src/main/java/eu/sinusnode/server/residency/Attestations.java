package eu.sinusnode.server.residency;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The attestation as a compact JWS, made at most once a minute: to ask for it often costs no database and no signature. */
final class Attestations {

    static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final JOSEObjectType TYPE = new JOSEObjectType("residency-attestation+jwt");

    private final Function<Instant, Map<String, Object>> content;
    private final PurposeKeys keys;
    private final Clock clock;
    private @Nullable Signed last;

    private record Signed(Instant at, String kid, String jws) {}

    /** @param content what is attested at a moment */
    Attestations(Function<Instant, Map<String, Object>> content, PurposeKeys keys, Clock clock) {
        this.content = content;
        this.keys = keys;
        this.clock = clock;
    }

    /** Signed with the current key, by which it can be checked. */
    synchronized String current() {
        Instant now = clock.instant();
        PurposeKey key = keys.current(KeyPurpose.ATTESTATION);
        Signed signed = last;
        if (signed == null
                || !signed.kid().equals(key.kid())
                || now.isBefore(signed.at())
                || !now.isBefore(signed.at().plus(GOOD_FOR))) {
            signed = new Signed(now, key.kid(), sign(content.apply(now), key));
            last = signed;
        }
        return signed.jws();
    }

    /** The public half of the current key, an RFC 7517 key set as JSON. */
    static String keySet(PurposeKeys keys) {
        return new JWKSet(keys.current(KeyPurpose.ATTESTATION).publicHalf()).toString(true);
    }

    private static String sign(Map<String, Object> payload, PurposeKey key) {
        JWSObject signed = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.kid())
                        .build(),
                new Payload(payload));
        try {
            signed.sign(new ECDSASigner(key.pair()));
        } catch (JOSEException e) {
            throw new IllegalStateException("Key " + key.kid() + " cannot sign.", e);
        }
        return signed.serialize();
    }
}
