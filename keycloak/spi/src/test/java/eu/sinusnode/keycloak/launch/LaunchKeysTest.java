package eu.sinusnode.keycloak.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the keys are looked for, and what happens when nobody answers. */
class LaunchKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final List<String> looks = new ArrayList<>();
    private final ECKey first = generate(Curve.P_256);
    private final ECKey second = generate(Curve.P_256);
    private JWKSet published = new JWKSet(first.toPublicJWK());
    private boolean down;
    private final LaunchKeys keys = new LaunchKeys(this::fetch);

    @Test
    void areKeptForAMinute() throws Exception {
        assertThat(keys.find(first.getKeyID(), NOW)).isEqualTo(first.toECPublicKey());
        keys.find(first.getKeyID(), NOW.plusSeconds(59));
        assertThat(looks).hasSize(1);
        keys.find(first.getKeyID(), NOW.plusSeconds(61));
        assertThat(looks).hasSize(2);
    }

    @Test
    void aNewKeyIsFoundAtOnceButNotLookedForAllTheTime() throws Exception {
        keys.find(first.getKeyID(), NOW);
        published = new JWKSet(second.toPublicJWK());
        assertThatThrownBy(() -> keys.find(second.getKeyID(), NOW.plusSeconds(1)))
                .isInstanceOf(LaunchRefusedException.class);
        assertThat(looks).hasSize(1);
        assertThat(keys.find(second.getKeyID(), NOW.plusSeconds(4))).isEqualTo(second.toECPublicKey());
    }

    @Test
    void aKeyThatWasRotatedOutIsGoodForNothing() throws Exception {
        keys.find(first.getKeyID(), NOW);
        published = new JWKSet(second.toPublicJWK());
        assertRefused(first.getKeyID(), NOW.plusSeconds(61), false);
    }

    @Test
    void noAnswerMeansNoLaunchEvenForAKnownKey() throws Exception {
        keys.find(first.getKeyID(), NOW);
        down = true;
        assertRefused(first.getKeyID(), NOW.plusSeconds(61), true);
        assertRefused(first.getKeyID(), NOW.plusSeconds(62), true);
        assertThat(looks).hasSize(2);
        down = false;
        assertThat(keys.find(first.getKeyID(), NOW.plusSeconds(65))).isNotNull();
    }

    @Test
    void keysOfAnotherKindAreNoLaunchKeys() {
        ECKey larger = generate(Curve.P_384);
        published = new JWKSet(larger.toPublicJWK());
        assertRefused(larger.getKeyID(), NOW, false);
        assertRefused("", NOW.plusSeconds(10), false);
    }

    private void assertRefused(String id, Instant now, boolean temporary) {
        assertThatThrownBy(() -> keys.find(id, now))
                .isInstanceOfSatisfying(LaunchRefusedException.class, e -> assertThat(e.temporary())
                        .isEqualTo(temporary));
    }

    private String fetch() throws IOException {
        looks.add("look");
        if (down) {
            throw new IOException("down");
        }
        return published.toString(true);
    }

    private static ECKey generate(Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
