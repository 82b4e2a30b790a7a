package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class EndedSessionsTest {

    private static final Instant END = Instant.parse("2026-11-26T10:00:00Z");

    private long now;
    private final EndedSessions ended = new EndedSessions(() -> now);

    @Test
    void whatWasIssuedBeforeTheEndIsCoveredAndWhatCameLaterIsNot() {
        ended.add(new EndedSession("app", "one", "anna", END));

        assertThat(ended.cover(token("app", "one", "anna", END.minusSeconds(100))))
                .isTrue();
        assertThat(ended.cover(token("app", "one", "anna", END)))
                .as("the same second")
                .isTrue();
        assertThat(ended.cover(token("app", "one", "anna", END.plusSeconds(1))))
                .as("offline access that was refreshed since")
                .isFalse();
    }

    @Test
    void anotherSessionOfThePersonAndAnotherClientGoOn() {
        ended.add(new EndedSession("app", "one", "anna", END));

        assertThat(ended.cover(token("app", "two", "anna", END.minusSeconds(1))))
                .isFalse();
        assertThat(ended.cover(token("other-app", "one", "anna", END.minusSeconds(1))))
                .isFalse();
    }

    @Test
    void aPersonWithoutASessionMeansAllOfTheirs() {
        ended.add(new EndedSession("app", null, "anna", END));

        assertThat(ended.cover(token("app", "one", "anna", END.minusSeconds(1))))
                .isTrue();
        assertThat(ended.cover(token("app", "two", "anna", END.minusSeconds(1))))
                .isTrue();
        assertThat(ended.cover(token("app", "one", "berta", END.minusSeconds(1))))
                .isFalse();
        assertThat(ended.cover(token("app", "anna", "berta", END.minusSeconds(1))))
                .as("a session that is called like the person")
                .isFalse();
    }

    @Test
    void theLatestEndCounts() {
        ended.add(new EndedSession("app", "one", "anna", END.plusSeconds(50)));
        ended.add(new EndedSession("app", "one", "anna", END));

        assertThat(ended.cover(token("app", "one", "anna", END.plusSeconds(40))))
                .isTrue();
    }

    @Test
    void itIsForgottenWhenNoTokenOfBeforeCanLive() {
        ended.add(new EndedSession("app", "one", "anna", END));
        now += EndedSessions.REMEMBERED.minus(Duration.ofSeconds(1)).toNanos();
        assertThat(ended.cover(token("app", "one", "anna", END))).isTrue();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(ended.cover(token("app", "one", "anna", END))).isFalse();
    }

    private static Jwt token(String client, String session, String subject, Instant issued) {
        return new Jwt(
                "token",
                issued,
                issued.plusSeconds(300),
                Map.of("alg", "ES256"),
                Map.of("jti", "id", "azp", client, "sid", session, "sub", subject));
    }
}
