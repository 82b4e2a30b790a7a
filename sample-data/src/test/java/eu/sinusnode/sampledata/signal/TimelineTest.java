package eu.sinusnode.sampledata.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimelineTest {

    /** 6 September to 31 October 2026: the clocks go back on 25 October. */
    private final Timeline autumn = new Timeline(LocalDate.of(2026, 11, 1), 8);

    private final Timeline spring = new Timeline(LocalDate.of(2026, 4, 12), 4);

    @Test
    void endsBeforeTheEndDateBegins() {
        assertThat(Instant.ofEpochSecond(autumn.end())).isEqualTo("2026-10-31T23:00:00Z");
        assertThat(autumn.days()).isEqualTo(56);
        assertThat(autumn.date(0)).isEqualTo("2026-09-06");
    }

    @Test
    void theDayOfTheClockChangeHasTwentyFiveHours() {
        int change = 49;

        assertThat(autumn.date(change)).isEqualTo("2026-10-25");
        assertThat(autumn.midnight(change + 1) - autumn.midnight(change)).isEqualTo(25 * 3600);
    }

    @Property
    void offsetIsWhatTheJdkSays(@ForAll @LongRange(min = -400_000, max = 5_300_000) long sinceStart) {
        assertOffset(autumn, autumn.start() + sinceStart);
        assertOffset(spring, spring.start() + sinceStart);
    }

    @Property
    void wallClockIsWhatTheJdkSays(
            @ForAll @IntRange(max = 27) int day, @ForAll @IntRange(max = 86_399) int secondOfDay) {
        LocalDateTime wall = autumn.date(day + 28).atStartOfDay().plusSeconds(secondOfDay);
        assertThat(autumn.atWallClock(day + 28, secondOfDay))
                .isEqualTo(ZonedDateTime.of(wall, Timeline.ZONE).toEpochSecond());
        assertThat(autumn.wallHour(autumn.atWallClock(day + 28, secondOfDay))).isEqualTo(secondOfDay / 3600.0);
    }

    private static void assertOffset(Timeline timeline, long second) {
        assertThat(timeline.offset(second))
                .isEqualTo(Timeline.ZONE
                        .getRules()
                        .getOffset(Instant.ofEpochSecond(second))
                        .getTotalSeconds());
    }
}
