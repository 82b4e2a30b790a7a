package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class RememberedTokensTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final MovingClock clock = new MovingClock();
    private final AtomicInteger checks = new AtomicInteger();
    private final JwtDecoder tokens = new RememberedTokens(this::check, clock);

    @Test
    void aGoodTokenIsCheckedOnceInHalfAMinute() {
        tokens.decode("good");
        clock.now = START.plusSeconds(29);
        tokens.decode("good");

        assertThat(checks).hasValue(1);
    }

    @Test
    void afterHalfAMinuteItIsCheckedAgain() {
        tokens.decode("good");
        clock.now = START.plusSeconds(31);
        tokens.decode("good");

        assertThat(checks).hasValue(2);
    }

    @Test
    void aRememberedTokenThatHasExpiredIsCheckedAgainAndRefused() {
        tokens.decode("short");
        clock.now = START.plusSeconds(6);

        assertThatThrownBy(() -> tokens.decode("short")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aRefusalIsNotRemembered() {
        assertThatThrownBy(() -> tokens.decode("bad")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("bad")).isInstanceOf(BadJwtException.class);

        assertThat(checks).hasValue(2);
    }

    @Test
    void anotherTokenIsCheckedOnItsOwn() {
        tokens.decode("good");

        assertThatThrownBy(() -> tokens.decode("good ")).isInstanceOf(BadJwtException.class);
    }

    private Jwt check(String token) {
        checks.incrementAndGet();
        Instant expires = START.plus(token.equals("short") ? Duration.ofSeconds(5) : Duration.ofMinutes(5));
        if (!token.equals("good") && !token.equals("short") || !clock.now.isBefore(expires)) {
            throw new BadJwtException("not good");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .issuedAt(START)
                .expiresAt(expires)
                .build();
    }

    private static final class MovingClock extends Clock {

        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
