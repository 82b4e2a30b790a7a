package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.progress.KeptCounter.Stretch;
import eu.sinusnode.therapy.timing.Recurrence;
import eu.sinusnode.therapy.timing.Timings;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
        return count(List.of(always(repeat, done)), now);
    }

    private static Kept count(List<Stretch> stretches, String now) {
        return new KeptCounter(Timings.BERLIN).count(stretches, MONDAY, Timings.local(now));
    }

    private static Stretch always(String repeat, List<Instant> done) throws UnreadableTiming {
        return stretch(repeat, Instant.MIN, Instant.MAX, done);
    }

    private static Stretch stretch(String repeat, Instant from, Instant to, List<Instant> done)
            throws UnreadableTiming {
        Recurrence due = Timings.read(Timings.repeated(repeat), "2026-06-01T00:00");
        return new Stretch(from, to, List.of(due), done);
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
        Kept kept = count(
                List.of(new Stretch(Instant.MIN, Instant.MAX, List.of(morning, evening), taken)), "2026-06-03T00:00");
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
                .count(
                        List.of(new Stretch(Instant.MIN, Instant.MAX, List.of(due), done)),
                        LocalDate.of(2026, 3, 28),
                        Timings.local("2026-03-30T00:00"));
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

    @Test
    void aMomentIsJudgedByTheVersionThatHeldThen() throws UnreadableTiming {
        Instant change = Timings.local("2026-06-02T10:00");
        List<Instant> done = List.of(Timings.local("2026-06-01T08:00"), Timings.local("2026-06-01T20:00"));
        Stretch before = stretch("\"timeOfDay\":[\"08:00:00\",\"20:00:00\"]", Instant.MIN, change, done);
        Stretch after = stretch("\"timeOfDay\":[\"07:00:00\",\"12:00:00\",\"21:00:00\"]", change, Instant.MAX, done);
        Kept kept = count(List.of(before, after), "2026-06-04T00:00");
        assertThat(kept.planned())
                .as("two on Monday; at 8, 12 and 21 on Tuesday; three on Wednesday")
                .isEqualTo(8);
        assertThat(kept).extracting(Kept::kept, Kept::days, Kept::coveredDays).containsExactly(2, 3, 1);
    }

    @Test
    void whatEndsLeavesTheTimeThatThereWasForIt() throws UnreadableTiming {
        Instant end = Timings.local("2026-06-10T09:00");
        Stretch weekly = stretch(WEEKLY, Instant.MIN, end, List.of(Timings.local("2026-06-13T09:00")));
        assertThat(count(List.of(weekly), "2026-06-14T00:00").planned())
                .as("the week of the eighth is not over")
                .isEqualTo(1);
        assertThat(count(List.of(weekly), "2026-06-30T00:00"))
                .extracting(Kept::planned, Kept::kept)
                .containsExactly(2, 1);
    }

    @Test
    void whatIsAskedForOtherwiseEndsTheTimeOfWhatWasAskedForBefore() throws UnreadableTiming {
        Instant change = Timings.local("2026-06-03T10:00");
        List<Instant> done = List.of(Timings.local("2026-06-03T09:00"));
        List<Stretch> stretches =
                List.of(stretch(WEEKLY, Instant.MIN, change, done), stretch(TWICE_A_DAY, change, Instant.MAX, done));
        assertThat(count(stretches, "2026-06-03T09:59").planned()).isZero();
        assertThat(count(stretches, "2026-06-04T00:00"))
                .as("what was done before the change is Monday's, and not Wednesday's too")
                .extracting(Kept::planned, Kept::kept, Kept::days)
                .containsExactly(1 + 1, 1, 2);
    }

    @Test
    void whatIsPausedIsNotDue() throws UnreadableTiming {
        Stretch before = stretch(TWICE_A_DAY, Instant.MIN, Timings.local("2026-06-03T00:00"), List.of());
        Stretch again = stretch(TWICE_A_DAY, Timings.local("2026-06-08T00:00"), Instant.MAX, List.of());
        assertThat(count(List.of(before, again), "2026-06-10T00:00"))
                .extracting(Kept::planned, Kept::days)
                .containsExactly(8, 4);
    }

    /** How a plan can ask for something. */
    @Provide
    Arbitrary<String> repeats() {
        return Arbitraries.of(
                TWICE_A_DAY,
                WEEKLY,
                "\"frequency\":3,\"period\":1,\"periodUnit\":\"d\"",
                "\"frequency\":3,\"period\":1,\"periodUnit\":\"wk\"",
                "\"period\":5,\"periodUnit\":\"h\"",
                "\"dayOfWeek\":[\"tue\",\"fri\"]",
                "\"timeOfDay\":[\"00:00:00\",\"23:59:00\"]",
                "\"period\":3,\"periodUnit\":\"d\",\"count\":3",
                "\"boundsPeriod\":{\"start\":\"2026-06-02\",\"end\":\"2026-06-09\"},\"frequency\":1,\"period\":1,\"periodUnit\":\"d\"");
    }

    private static Instant somewhen(Random random) {
        return Timings.local("2026-06-01T00:00").plusSeconds(random.nextInt(28 * 86_400));
    }

    private static List<Instant> doneSomewhen(Random random) {
        return Stream.generate(() -> somewhen(random)).limit(random.nextInt(60)).toList();
    }

    /** What is changed at some time changes nothing of days whose time was over then. */
    @Property
    void whatIsChangedLaterChangesNothingOfTheDaysBefore(
            @ForAll("repeats") String first, @ForAll("repeats") String second, @ForAll boolean ended, @ForAll long seed)
            throws UnreadableTiming {
        Random random = new Random(seed);
        List<Instant> done = doneSomewhen(random);
        Instant change = somewhen(random);
        List<Stretch> changed = new ArrayList<>();
        changed.add(stretch(first, Instant.MIN, change, done));
        if (!ended) {
            changed.add(stretch(second, change, Instant.MAX, doneSomewhen(random)));
        }
        KeptCounter counter = new KeptCounter(Timings.BERLIN);
        Instant just = change.minusMillis(1);
        Kept before = counter.count(List.of(always(first, done)), MONDAY, just);
        assertThat(counter.count(changed, MONDAY, just)).isEqualTo(before);
        Kept later = counter.count(changed, MONDAY, change.plus(Duration.ofDays(20)));
        assertThat(later.planned()).isGreaterThanOrEqualTo(before.planned());
        assertThat(later.kept() - before.kept()).isBetween(0, later.planned() - before.planned());
    }

    /** A version that asks for the same is no change. */
    @Property
    void aVersionThatAsksForTheSameCountsTheSame(@ForAll("repeats") String repeat, @ForAll long seed)
            throws UnreadableTiming {
        Random random = new Random(seed);
        List<Instant> done = doneSomewhen(random);
        Instant change = somewhen(random);
        Instant now = somewhen(random);
        KeptCounter counter = new KeptCounter(Timings.BERLIN);
        assertThat(counter.count(
                        List.of(stretch(repeat, Instant.MIN, change, done), stretch(repeat, change, Instant.MAX, done)),
                        MONDAY,
                        now))
                .isEqualTo(counter.count(List.of(always(repeat, done)), MONDAY, now));
    }
}
