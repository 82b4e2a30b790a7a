package eu.sinusnode.server.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whether an answer that was begun with a token may go on. A token that expires by itself meanwhile does not end it: a large
 * file takes longer than a token lives. The issuer calls such a token inactive as it does one that it ended, so from then on
 * only the end of the session counts, of which the issuer tells by itself; the answer's own time limit comes after.
 */
final class StreamStanding implements TokenStanding {

    /** The issuer's clock may be ahead by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    private final EndedSessions ended;
    private final TokenStanding standing;
    private final Clock clock;

    /** @param standing of tokens that have not expired */
    StreamStanding(EndedSessions ended, TokenStanding standing, Clock clock) {
        this.ended = ended;
        this.standing = standing;
        this.clock = clock;
    }

    @Override
    public boolean stands(Jwt token) {
        if (ended.cover(token)) {
            return false;
        }
        return hasExpired(token) || standing.stands(token) || hasExpired(token);
    }

    private boolean hasExpired(Jwt token) {
        Instant expires = token.getExpiresAt();
        return expires != null && !clock.instant().plus(CLOCKS_DIFFER).isBefore(expires);
    }
}
