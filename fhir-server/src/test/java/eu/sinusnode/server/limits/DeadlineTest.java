package eu.sinusnode.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RequestTime time = new RequestTime(nanos::get);

    @Test
    void aThreadWithoutARequestHasNoLimit() {
        assertThat(time.isOver()).isFalse();
        assertThat(time.deadline()).isEmpty();
    }

    @Test
    void aRequestIsOverAfterItsTimeAndTheNextOneBeginsAnew() {
        time.begin(Duration.ofSeconds(30));
        passes(Duration.ofSeconds(29));
        assertThat(time.isOver()).isFalse();
        passes(Duration.ofSeconds(1));
        assertThat(time.isOver()).isTrue();

        time.end();
        assertThat(time.isOver()).isFalse();
        time.begin(Duration.ofSeconds(30));
        assertThat(time.isOver()).isFalse();
    }

    @Test
    void waitingForTheClientDoesNotCount() {
        time.begin(Duration.ofSeconds(30));
        passes(Duration.ofSeconds(50));
        time.deadline().orElseThrow().waited(Duration.ofSeconds(40).toNanos());
        assertThat(time.isOver()).isFalse();
        passes(Duration.ofSeconds(20));
        assertThat(time.isOver()).isTrue();
    }

    @Test
    void aStreamHasLongerButNothingMakesItShorter() {
        time.begin(Duration.ofSeconds(30));
        time.deadline().orElseThrow().extendTo(Duration.ofMinutes(30));
        time.deadline().orElseThrow().extendTo(Duration.ofSeconds(1));
        passes(Duration.ofMinutes(29));
        assertThat(time.isOver()).isFalse();
        passes(Duration.ofMinutes(1));
        assertThat(time.isOver()).isTrue();
    }

    @Test
    void aClientIsWaitedForAsLongAsItKeepsItsPace() {
        Pace pace = new Pace(Duration.ofSeconds(10), 16 * 1024);
        assertThat(pace.isKept(Duration.ofSeconds(10).toNanos(), 0)).isTrue();
        assertThat(pace.isKept(Duration.ofSeconds(11).toNanos(), 1)).isFalse();
        assertThat(pace.isKept(Duration.ofSeconds(11).toNanos(), 16 * 1024)).isTrue();
        assertThat(pace.isKept(Duration.ofSeconds(1000).toNanos(), 16L << 20)).isTrue();
        assertThat(pace.isKept(Duration.ofSeconds(1100).toNanos(), 16L << 20)).isFalse();
    }

    private void passes(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
