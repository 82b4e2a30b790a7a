package eu.sinusnode.server.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The public halves by which others check the tokens of a purpose: the current key's, and those of keys that gave way so
 * lately that a token of theirs may still be good. A key that was rotated out because somebody has it is worthless after
 * that.
 */
final class RecentKeySet {

    private final PurposeKeys keys;
    private final KeyPurpose purpose;
    private final Duration overlap;
    private final Clock clock;

    /** @param overlap longer than a token lives and a running server needs to notice its new key, together */
    RecentKeySet(PurposeKeys keys, KeyPurpose purpose, Duration overlap, Clock clock) {
        this.keys = keys;
        this.purpose = purpose;
        this.overlap = overlap;
        this.clock = clock;
    }

    /** An RFC 7517 key set as JSON; never a private half. */
    String json() {
        return new JWKSet(publicKeys()).toString(true);
    }

    private List<JWK> publicKeys() {
        List<PurposeKey> all = keys.all(purpose);
        Instant now = clock.instant();
        List<JWK> published = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean current = i == all.size() - 1;
            if (current || all.get(i + 1).created().plus(overlap).isAfter(now)) {
                published.add(all.get(i).publicHalf());
            }
        }
        return published;
    }
}
