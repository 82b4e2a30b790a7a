package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class RememberedStandingTest {

    private final Issuer issuer = new Issuer();
    private long now;
    private final RememberedStanding standing = new RememberedStanding(issuer, () -> now);

    @Test
    void anAnswerCountsForHalfAMinuteAndABlockedTokenIsOutAfterIt() {
        assertThat(standing.stands(token("t"))).isTrue();
        issuer.active = false;
        pass(Duration.ofSeconds(29));
        assertThat(standing.stands(token("t"))).as("not asked yet").isTrue();
        assertThat(issuer.asked).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThat(standing.stands(token("t"))).isFalse();
        assertThat(standing.stands(token("t"))).isFalse();
        assertThat(issuer.asked).as("a no is remembered too").hasValue(2);
    }

    @Test
    void aSilentIssuerIsBridgedForAMinuteAndThenNothingIsGuessed() {
        assertThat(standing.stands(token("t"))).isTrue();
        issuer.silent = true;
        pass(Duration.ofSeconds(59));
        assertThat(standing.stands(token("t"))).isTrue();

        pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> standing.stands(token("t"))).isInstanceOf(StandingUnknownException.class);
        assertThatThrownBy(() -> standing.stands(token("never seen"))).isInstanceOf(StandingUnknownException.class);

        issuer.silent = false;
        assertThat(standing.stands(token("t"))).isTrue();
    }

    @Test
    void aTokenThatEndedDoesNotComeBackWhileTheIssuerIsSilent() {
        issuer.active = false;
        assertThat(standing.stands(token("t"))).isFalse();
        issuer.silent = true;
        pass(Duration.ofSeconds(40));
        assertThat(standing.stands(token("t"))).isFalse();
    }

    @Test
    void aLogoutForgetsItsSessionOrPersonAndNobodyElse() {
        standing.stands(token("mine"));
        standing.stands(token("theirs"));
        issuer.active = false;

        standing.forget("session-mine", null);
        assertThat(standing.stands(token("mine"))).isFalse();
        assertThat(standing.stands(token("theirs"))).isTrue();

        standing.forget(null, "person-theirs");
        assertThat(standing.stands(token("theirs"))).isFalse();
    }

    @Test
    void aLogoutIsNotBridgedByWhatWasSaidBefore() {
        standing.stands(token("t"));
        standing.forget("session-t", null);
        issuer.silent = true;
        assertThatThrownBy(() -> standing.stands(token("t"))).isInstanceOf(StandingUnknownException.class);
    }

    @Test
    void manyRequestsWithOneTokenAskOnce() throws Exception {
        issuer.hold = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            Callable<Boolean> request = () -> standing.stands(token("t"));
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(request));
            }
            while (issuer.asked.get() == 0) {
                Thread.sleep(5);
            }
            Thread.sleep(100);
            issuer.hold.countDown();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(issuer.asked).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTokenWithoutAnIdIsNeverAskedFor() {
        Jwt nameless =
                new Jwt("x", Instant.now(), Instant.now().plusSeconds(60), Map.of("alg", "x"), Map.of("sub", "a"));
        assertThat(standing.stands(nameless)).isFalse();
        assertThat(issuer.asked).hasValue(0);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Jwt token(String id) {
        return new Jwt(
                "token-" + id,
                Instant.now(),
                Instant.now().plusSeconds(60),
                Map.of("alg", "ES256"),
                Map.of("jti", id, "sub", "person-" + id, "sid", "session-" + id));
    }

    private static final class Issuer implements Introspection {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean active = true;
        private volatile boolean silent;
        private volatile CountDownLatch hold = new CountDownLatch(0);

        @Override
        public boolean isActive(String token) throws IOException {
            asked.incrementAndGet();
            if (silent) {
                throw new IOException("no answer");
            }
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return active;
        }
    }
}
