package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.work.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    /** Runs until it has paused that often. */
    private void repeat(int pausesInAll, Schedule.Attempt attempt) {
        new Schedule(
                        QUARTER,
                        duration -> {
                            pauses.add(duration);
                            now = now.plus(duration);
                            if (pauses.size() == pausesInAll) {
                                throw new InterruptedException();
                            }
                        },
                        clock)
                .repeat(attempt);
    }

    @Test
    void runsBeginAtEqualDistances() {
        List<Instant> begun = new ArrayList<>();

        repeat(3, () -> {
            begun.add(now);
            now = now.plusSeconds(60L * begun.size());
            return true;
        });

        assertThat(begun)
                .containsExactly(
                        Instant.parse("2026-11-20T12:00:00Z"),
                        Instant.parse("2026-11-20T12:15:00Z"),
                        Instant.parse("2026-11-20T12:30:00Z"));
    }

    @Test
    void aRunThatLastsLongerIsFollowedAtOnceAndNeverOverlapped() {
        repeat(1, () -> {
            now = now.plus(Duration.ofHours(1));
            return true;
        });

        assertThat(pauses).containsExactly(Duration.ZERO);
    }

    @Test
    void afterAFailureItTriesAgainSoon() {
        repeat(2, () -> pauses.size() == 1);

        assertThat(pauses).containsExactly(Duration.ofMinutes(1), QUARTER);
    }

    @Test
    void whoeverIsAskedToStopDoesNotWait() throws InterruptedException {
        StopSignal stop = new StopSignal();
        List<Integer> runs = new ArrayList<>();
        Thread schedule = new Thread(
                () -> new Schedule(Duration.ofDays(1), stop::pause, Clock.systemUTC()).repeat(() -> runs.add(1)));
        schedule.start();

        stop.ask();
        schedule.join(20_000);

        assertThat(schedule.isAlive()).isFalse();
        assertThat(runs).hasSize(1);
    }
}
