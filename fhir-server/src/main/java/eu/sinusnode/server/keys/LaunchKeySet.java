package eu.sinusnode.server.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The public halves by which the authorization server checks our launch tokens: the current key's, and those of keys that
 * gave way so lately that a token of theirs may still be good. A key that was rotated out because somebody has it is
 * worthless after that.
 */
public final class LaunchKeySet {

    /** Longer than a launch token lives and a running server needs to notice its new key, together. */
    static final Duration OVERLAP = Duration.ofMinutes(3);

    private final PurposeKeys keys;
    private final Clock clock;

    public LaunchKeySet(PurposeKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** An RFC 7517 key set as JSON; never a private half. */
    public String json() {
        return new JWKSet(publicKeys()).toString(true);
    }

    private List<JWK> publicKeys() {
        List<PurposeKey> all = keys.all(KeyPurpose.LAUNCH);
        Instant now = clock.instant();
        List<JWK> published = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean current = i == all.size() - 1;
            if (current || all.get(i + 1).created().plus(OVERLAP).isAfter(now)) {
                published.add(all.get(i).publicHalf());
            }
        }
        return published;
    }
}
