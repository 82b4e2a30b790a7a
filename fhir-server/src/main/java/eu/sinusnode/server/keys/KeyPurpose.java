package eu.sinusnode.server.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;

/** What a key may be used for; a key serves one purpose and no other. */
public enum KeyPurpose {
    /** AES-256: encrypts the audit's journal and wraps the keys of patients. */
    AUDIT("audit", 256),
    /** HMAC-SHA-256: turns search values into what the audit can compare without reading them. */
    AUDIT_SEARCH("audit-search", 256),
    /** HMAC-SHA-256: stands for persons who were erased, so that their ids need not be kept. */
    ERASURE("erasure", 256),
    /** AES-256: encrypts the files of bulk exports for as long as they lie on the disk. */
    EXPORT("export", 256),
    /** AES-256: encrypts the headers that clients want to have sent with their notifications. */
    SUBSCRIPTION("subscription", 256),
    /** HMAC-SHA-256: names records to recipients who may not learn whose they are. */
    PSEUDONYM("pseudonym", 256),
    /** EC P-256: signs the launch tokens that {@code POST /launch} hands out. */
    LAUNCH("launch", Curve.P_256),
    /** EC P-256: signs the tokens by which the video service lets somebody into a room. */
    VIDEO("video", Curve.P_256),
    /** EC P-256: signs the residency document, by command and at first start. */
    RESIDENCY("residency", Curve.P_256),
    /** EC P-256: signs what {@code /.well-known/residency-attestation} says. */
    ATTESTATION("attestation", Curve.P_256);

    private final String directory;
    private final Kind kind;

    /** What a key of the purpose is made of. */
    private interface Kind {
        JWK generate(String kid, Date created) throws JOSEException;

        boolean fits(JWK key);
    }

    KeyPurpose(String directory, int bits) {
        this(directory, new Kind() {
            @Override
            public JWK generate(String kid, Date created) throws JOSEException {
                return new OctetSequenceKeyGenerator(bits)
                        .keyID(kid)
                        .issueTime(created)
                        .generate();
            }

            @Override
            public boolean fits(JWK key) {
                return key instanceof OctetSequenceKey && key.size() == bits;
            }
        });
    }

    KeyPurpose(String directory, Curve curve) {
        this(directory, new Kind() {
            @Override
            public JWK generate(String kid, Date created) throws JOSEException {
                return new ECKeyGenerator(curve).keyID(kid).issueTime(created).generate();
            }

            @Override
            public boolean fits(JWK key) {
                return key instanceof ECKey ec && ec.getCurve().equals(curve) && ec.isPrivate();
            }
        });
    }

    KeyPurpose(String directory, Kind kind) {
        this.directory = directory;
        this.kind = kind;
    }

    /** The purpose's name on the command line and its folder below {@code secrets/keys}. */
    public String directory() {
        return directory;
    }

    /** The purpose of that name, or empty when there is none. */
    public static Optional<KeyPurpose> of(String directory) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.directory.equals(directory))
                .findFirst();
    }

    boolean fits(JWK key) {
        return kind.fits(key);
    }

    PurposeKey generate(String kid, Instant created) {
        try {
            return new PurposeKey(kid, created, kind.generate(kid, Date.from(created)));
        } catch (JOSEException e) {
            throw new KeyException("A key for purpose " + directory + " cannot be generated.", e);
        }
    }
}
