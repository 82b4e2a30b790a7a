package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.timing.Recurrence;
import eu.sinusnode.therapy.timing.Timings;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeptCounterTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
    private static final String TWICE_A_DAY = "\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"";
    private static final String WEEKLY = "\"period\":1,\"periodUnit\":\"wk\"";

    private static Kept count(String repeat, String now, String... done) throws UnreadableTiming {
        return count(repeat, now, Stream.of(done).map(Timings::local).toList());
    }

    private static Kept count(String repeat, String now, List<Instant> done) throws UnreadableTiming {
        Recurrence due = Timings.read(Timings.repeated(repeat), "2026-06-01T00:00");
        return new KeptCounter(Timings.BERLIN).count(List.of(due), MONDAY, Timings.local(now), done);
    }

    @Test
    void aDayThatIsNotOverDoesNotCount() throws UnreadableTiming {
        assertThat(count(TWICE_A_DAY, "2026-06-01T23:59", "2026-06-01T08:00").planned())
                .isZero();
        assertThat(count(TWICE_A_DAY, "2026-06-02T00:00", "2026-06-01T08:00")).satisfies(kept -> {
            assertThat(kept.planned()).isEqualTo(2);
            assertThat(kept.kept()).isEqualTo(1);
            assertThat(kept.days()).isEqualTo(1);
            assertThat(kept.coveredDays()).isZero();
        });
    }

    @Test
    void anyTimesOfTheDayWill() throws UnreadableTiming {
        Kept kept = count(TWICE_A_DAY, "2026-06-02T12:00", "2026-06-01T14:00", "2026-06-01T14:05");
        assertThat(kept.kept()).isEqualTo(2);
        assertThat(kept.coveredDays()).isEqualTo(1);
    }

    @Test
    void moreThanWasDueMakesUpForNothing() throws UnreadableTiming {
        Kept kept = count(
                TWICE_A_DAY,
                "2026-06-03T12:00",
                "2026-06-01T08:00",
                "2026-06-01T09:00",
                "2026-06-01T10:00",
                "2026-06-01T11:00");
        assertThat(kept)
                .extracting(Kept::planned, Kept::kept, Kept::days, Kept::coveredDays)
                .containsExactly(4, 2, 2, 1);
    }

    @Test
    void whatIsWeeklyMayBeDoneAnyDayOfItsWeek() throws UnreadableTiming {
        Kept kept = count(WEEKLY, "2026-06-16T12:00", "2026-06-07T23:00", "2026-06-15T09:00");
        assertThat(kept.planned()).as("the third week is not over").isEqualTo(2);
        assertThat(kept.kept())
                .as("on Sunday of the first; nothing in the second")
                .isEqualTo(1);
    }

    @Test
    void theLastDayOfAPlanIsOverAtMidnight() throws UnreadableTiming {
        String oneWeek = "\"boundsPeriod\":{\"start\":\"2026-06-01\",\"end\":\"2026-06-02\"}," + TWICE_A_DAY;
        assertThat(count(oneWeek, "2026-06-30T00:00", "2026-06-02T23:00", "2026-06-20T08:00"))
                .extracting(Kept::planned, Kept::kept)
                .containsExactly(4, 1);
    }

    @Test
    void aPrescriptionOfTwoPartsIsCoveredWhenBothWereTaken() throws UnreadableTiming {
        Recurrence morning = Timings.read(Timings.repeated("\"when\":[\"MORN\"]"), "2026-06-01T00:00");
        Recurrence evening = Timings.read(Timings.repeated("\"when\":[\"EVE\"]"), "2026-06-01T00:00");
        List<Instant> taken = List.of(
                Timings.local("2026-06-01T08:00"),
                Timings.local("2026-06-02T08:00"),
                Timings.local("2026-06-02T19:00"));
        Kept kept = new KeptCounter(Timings.BERLIN)
                .count(List.of(morning, evening), MONDAY, Timings.local("2026-06-03T00:00"), taken);
        assertThat(kept)
                .extracting(Kept::planned, Kept::kept, Kept::days, Kept::coveredDays)
                .containsExactly(4, 3, 2, 1);
    }

    @Test
    void weeksAddUp() throws UnreadableTiming {
        Kept kept = count(TWICE_A_DAY, "2026-06-10T00:00", "2026-06-01T08:00", "2026-06-08T08:00", "2026-06-09T08:00");
        assertThat(kept.weeks())
                .containsExactly(new Kept.Week(MONDAY, 14, 1), new Kept.Week(MONDAY.plusWeeks(1), 4, 2));
        assertThat(kept.planned()).isEqualTo(18);
        assertThat(kept.kept()).isEqualTo(3);
    }

    @Test
    void aShortDayIsADayToo() throws UnreadableTiming {
        Recurrence due = Timings.read(Timings.repeated(TWICE_A_DAY), "2026-03-28T00:00");
        List<Instant> done = List.of(Timings.local("2026-03-29T00:10"), Timings.local("2026-03-29T23:50"));
        Kept kept = new KeptCounter(Timings.BERLIN)
                .count(List.of(due), LocalDate.of(2026, 3, 28), Timings.local("2026-03-30T00:00"), done);
        assertThat(kept)
                .extracting(Kept::planned, Kept::kept, Kept::coveredDays)
                .containsExactly(4, 2, 1);
    }

    /** Whatever is done, no more is kept than was due or than was done, and one more that is done takes nothing away. */
    @Property
    void doingMoreNeverKeepsLess(@ForAll @IntRange(max = 40) int times, @ForAll long seed) throws UnreadableTiming {
        Random random = new Random(seed);
        List<Instant> done = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < times; i++) {
            done.add(Timings.local("2026-06-01T00:00").plusSeconds(random.nextInt(20 * 86_400)));
            Kept kept = count(TWICE_A_DAY, "2026-06-15T00:00", done);
            assertThat(kept.kept()).isBetween(before, Math.min(kept.planned(), done.size()));
            assertThat(kept.coveredDays()).isLessThanOrEqualTo(kept.kept() / 2);
            before = kept.kept();
        }
    }
}
