package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class StreamStandingTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T08:00:00Z");
    private static final Jwt TOKEN = Jwt.withTokenValue("token")
            .header("alg", "ES256")
            .claim("azp", "app")
            .claim("sid", "session")
            .subject("anna")
            .issuedAt(BEGUN)
            .expiresAt(BEGUN.plusSeconds(300))
            .build();

    private final EndedSessions ended = new EndedSessions(() -> 1);

    @Test
    void whileTheTokenLivesTheIssuerIsAsked() {
        assertThat(after(60, token -> true).stands(TOKEN)).isTrue();
        assertThat(after(60, token -> false).stands(TOKEN)).isFalse();
    }

    @Test
    void aTokenThatExpiredByItselfEndsNothing() {
        assertThat(after(301, token -> false).stands(TOKEN)).isTrue();
        assertThat(after(296, token -> false).stands(TOKEN))
                .as("the issuer's clock is ahead")
                .isTrue();
        assertThat(after(301, token -> {
                            throw new StandingUnknownException("The issuer is silent.", new IOException("silent"));
                        })
                        .stands(TOKEN))
                .isTrue();
    }

    @Test
    void nobodyKnowsWhileTheIssuerIsSilent() {
        TokenStanding silent = token -> {
            throw new StandingUnknownException("The issuer is silent.", new IOException("silent"));
        };
        assertThatThrownBy(() -> after(60, silent).stands(TOKEN)).isInstanceOf(StandingUnknownException.class);
    }

    @Test
    void theEndOfTheSessionEndsItWhetherTheTokenHasExpiredOrNot() {
        ended.add(new EndedSession("app", "session", "anna", BEGUN.plusSeconds(30)));

        assertThat(after(60, token -> true).stands(TOKEN)).isFalse();
        assertThat(after(600, token -> true).stands(TOKEN)).isFalse();
    }

    private StreamStanding after(long seconds, TokenStanding standing) {
        return new StreamStanding(ended, standing, Clock.fixed(BEGUN.plusSeconds(seconds), ZoneOffset.UTC));
    }
}
