package eu.sinusnode.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Sessions that the issuer ended a moment ago. The issuer tells so while it still ends them, and could answer a question
 * about their tokens with yes for an instant; what was issued before the end is refused here without asking. Later on
 * introspection says the same, so the memory is short and bounded. Tokens that are issued after the end go on: offline
 * access outlives the session that it began in, under the session's own id.
 */
final class EndedSessions {

    /** Longer than a token lives. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final long SESSIONS = 50_000;

    private final Cache<Whose, Instant> ended;

    /** @param session whether {@code id} is a session and not a person */
    private record Whose(String client, boolean session, String id) {}

    EndedSessions(LongSupplier nanoTime) {
        this.ended = Caffeine.newBuilder()
                .maximumSize(SESSIONS)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    void add(EndedSession one) {
        String session = one.session();
        String id = session != null ? session : one.subject();
        if (id != null) {
            ended.asMap()
                    .merge(
                            new Whose(one.client(), session != null, id),
                            one.at(),
                            (known, further) -> further.isAfter(known) ? further : known);
        }
    }

    boolean cover(Jwt token) {
        String client = token.getClaimAsString("azp");
        return client != null
                && (covers(client, true, token.getClaimAsString("sid"), token)
                        || covers(client, false, token.getSubject(), token));
    }

    private boolean covers(String client, boolean session, @Nullable String id, Jwt token) {
        Instant end = id == null ? null : ended.getIfPresent(new Whose(client, session, id));
        Instant issued = token.getIssuedAt();
        return end != null && (issued == null || !issued.isAfter(end));
    }
}
