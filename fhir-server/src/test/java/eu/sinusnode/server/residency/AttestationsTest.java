package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestationsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    private Path home;

    private Instant now = NOON;
    private PurposeKeys keys;
    private Attestations attestations;

    @BeforeEach
    void start() {
        keys = PurposeKeys.open(home, Clock.systemUTC());
        attestations = new Attestations(
                moment -> Map.of("iat", moment.getEpochSecond(), "number", made.incrementAndGet()), keys, clock());
    }

    @Test
    void itIsMadeOnceAMinuteHoweverOftenItIsAskedFor() {
        String first = attestations.current();
        now = NOON.plusSeconds(59);
        assertThat(attestations.current()).isEqualTo(first);
        now = NOON.plusSeconds(60);
        assertThat(attestations.current()).isNotEqualTo(first);
        now = NOON.minusSeconds(3600);
        attestations.current();
        assertThat(made).hasValue(3);
    }

    @Test
    void thePublishedKeyAndNoOtherVerifiesIt() throws Exception {
        JWSObject signed = JWSObject.parse(attestations.current());
        JWK published = JWKSet.parse(Attestations.keySet(keys))
                .getKeyByKeyId(signed.getHeader().getKeyID());

        assertThat(published.isPrivate()).isFalse();
        assertThat(signed.verify(new ECDSAVerifier((ECKey) published))).isTrue();
        for (KeyPurpose other : new KeyPurpose[] {KeyPurpose.RESIDENCY, KeyPurpose.LAUNCH}) {
            assertThat(signed.verify(new ECDSAVerifier(keys.current(other).publicHalf())))
                    .isFalse();
        }
        assertThatThrownBy(() -> keys.current(KeyPurpose.EXPORT).publicHalf()).hasMessageContaining("is a secret key");
    }

    @Test
    void aNewKeySignsAtOnceAndAloneIsPublished() throws Exception {
        String before = JWSObject.parse(attestations.current()).getHeader().getKeyID();
        PurposeKeys.rotate(home, KeyPurpose.ATTESTATION, Clock.systemUTC());
        keys = PurposeKeys.open(home, Clock.systemUTC());
        Attestations after = new Attestations(moment -> Map.of(), keys, clock());

        String kid = JWSObject.parse(after.current()).getHeader().getKeyID();

        assertThat(kid).isNotEqualTo(before);
        assertThat(JWKSet.parse(Attestations.keySet(keys)).getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly(kid);
    }

    @Test
    void whatCannotBeCountedIsNotAttested() {
        Attestations broken = new Attestations(
                moment -> {
                    throw new IllegalStateException("no database");
                },
                keys,
                clock());
        assertThatThrownBy(broken::current).hasMessage("no database");
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
