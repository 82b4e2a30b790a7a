package eu.sinusnode.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * A token that was found good is believed for half a minute without its signature being checked again, as a client sends
 * the same one with each request. Its times are still checked by the second; refusals are never remembered.
 */
final class RememberedTokens implements JwtDecoder {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int TOKENS = 20_000;

    private final JwtDecoder checking;
    private final Clock clock;
    private final Cache<String, Jwt> good;

    RememberedTokens(JwtDecoder checking, Clock clock) {
        this.checking = checking;
        this.clock = clock;
        this.good = Caffeine.newBuilder()
                .maximumSize(TOKENS)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .build();
    }

    @Override
    public Jwt decode(String token) {
        Jwt remembered = good.getIfPresent(token);
        if (remembered != null
                && remembered.getExpiresAt() != null
                && clock.instant().isBefore(remembered.getExpiresAt())) {
            return remembered;
        }
        Jwt checked = checking.decode(token);
        good.put(token, checked);
        return checked;
    }
}
