package eu.sinusnode.therapy.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** What holds for every timing that can be read, and a slow reading of the calendar that the fast one must agree with. */
@Tag("laws")
class RecurrenceLawsTest {

    private static final Instant START = Timings.local("2026-01-31T06:00");
    private static final ZoneId ZONE = Timings.BERLIN;

    /** Unit, period, frequency, days of the week, times of the day, count. */
    record Drawn(
            UnitsOfTime unit, int period, int frequency, Set<DayOfWeek> weekDays, List<LocalTime> times, int count) {

        Timing timing() {
            Timing timing = new Timing();
            TimingRepeatComponent repeat = timing.getRepeat();
            repeat.setPeriodUnit(unit).setPeriod(period);
            if (frequency > 1) {
                repeat.setFrequency(frequency);
            }
            new TreeSet<>(weekDays).forEach(day -> repeat.addDayOfWeek(Timing.DayOfWeek.values()[day.ordinal()]));
            times.forEach(time -> repeat.addTimeOfDay(time.toString().length() == 5 ? time + ":00" : time.toString()));
            if (count > 0) {
                repeat.setCount(count);
            }
            return timing;
        }
    }

    @Provide
    Arbitrary<Drawn> timings() {
        return drawn(
                Arbitraries.of(UnitsOfTime.H, UnitsOfTime.D, UnitsOfTime.WK, UnitsOfTime.MO, UnitsOfTime.A),
                Arbitraries.of(DayOfWeek.class).set().ofMaxSize(3),
                times().list().ofMaxSize(3));
    }

    @Provide
    Arbitrary<Drawn> cycles() {
        return drawn(
                Arbitraries.of(UnitsOfTime.D, UnitsOfTime.WK, UnitsOfTime.MO, UnitsOfTime.A),
                Arbitraries.just(Set.of()),
                Arbitraries.just(List.of()));
    }

    @Provide
    Arbitrary<Drawn> weekDaysAtTimes() {
        return drawn(
                Arbitraries.just(UnitsOfTime.WK),
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
                times().list().ofMinSize(1).ofMaxSize(4));
    }

    private static Arbitrary<LocalTime> times() {
        return Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.MIN.plusMinutes(quarter * 15L));
    }

    private static Arbitrary<Drawn> drawn(
            Arbitrary<UnitsOfTime> unit, Arbitrary<Set<DayOfWeek>> weekDays, Arbitrary<List<LocalTime>> times) {
        return Combinators.combine(
                        unit,
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        weekDays,
                        times,
                        Arbitraries.integers().between(0, 20))
                .as(Drawn::new);
    }

    private static Recurrence read(Drawn drawn) throws UnreadableTiming {
        return new TimingReader(ZONE, DayRhythm.USUAL).read(drawn.timing(), START);
    }

    private static List<Occurrence> readable(Drawn drawn, Instant from, Instant to) {
        try {
            return read(drawn).between(from, to);
        } catch (UnreadableTiming refused) {
            return List.of();
        }
    }

    private static Instant after(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    @Property
    void windowsThatMeetGiveWhatOneOverBothGives(
            @ForAll("timings") Drawn drawn,
            @ForAll @IntRange(min = -500, max = 10_000) int from,
            @ForAll @IntRange(max = 3_000) int first,
            @ForAll @IntRange(max = 3_000) int second) {
        List<Occurrence> parts = new ArrayList<>(readable(drawn, after(from), after(from + first)));
        parts.addAll(readable(drawn, after(from + first), after(from + first + second)));
        assertThat(parts).isEqualTo(readable(drawn, after(from), after(from + first + second)));
    }

    @Property
    void occurrencesAreInOrderInTheWindowAndHaveKeysOfTheirOwn(
            @ForAll("timings") Drawn drawn, @ForAll @IntRange(min = -500, max = 10_000) int from) {
        List<Occurrence> due = readable(drawn, after(from), after(from + 3_000));
        assertThat(due).isSortedAccordingTo(Comparator.comparing(Occurrence::at));
        assertThat(due).extracting(Occurrence::key).doesNotHaveDuplicates();
        assertThat(due).allSatisfy(occurrence -> {
            assertThat(occurrence.at()).isBetween(after(Math.max(0, from)), after(from + 3_000));
            assertThat(occurrence.at()).isNotEqualTo(after(from + 3_000));
        });
    }

    @Property
    void aCountIsTheFirstOfThem(@ForAll("timings") Drawn drawn) {
        Drawn unlimited =
                new Drawn(drawn.unit(), drawn.period(), drawn.frequency(), drawn.weekDays(), drawn.times(), 0);
        List<Occurrence> all = readable(unlimited, START, after(20_000));
        int most = drawn.count() == 0 ? all.size() : Math.min(all.size(), drawn.count());
        assertThat(readable(drawn, START, after(20_000))).isEqualTo(all.subList(0, most));
    }

    /** By walking from cycle to cycle and placing each time, where the reader asks each day. */
    @Property
    void daysAreThoseOfASlowWalkThroughTheCalendar(@ForAll("cycles") Drawn drawn) throws UnreadableTiming {
        LocalDate first = START.atZone(ZONE).toLocalDate();
        LocalDate last = first.plusDays(1_500);
        List<LocalDate> walked = new ArrayList<>();
        LocalDate begin = first;
        for (int cycle = 1; begin.isBefore(last); cycle++) {
            LocalDate next = plus(first, drawn.unit(), (long) cycle * drawn.period());
            double days = next.toEpochDay() - begin.toEpochDay();
            for (int i = 0; i < drawn.frequency(); i++) {
                walked.add(begin.plusDays((long) Math.floor(i * days / drawn.frequency() + 1e-9)));
            }
            begin = next;
        }
        walked.removeIf(day -> !day.isBefore(last));
        List<LocalDate> counted =
                drawn.count() == 0 ? walked : walked.subList(0, Math.min(drawn.count(), walked.size()));
        assertThat(read(drawn).between(START, last.atStartOfDay(ZONE).toInstant()))
                .extracting(occurrence -> occurrence.at().atZone(ZONE).toLocalDate())
                .containsExactlyElementsOf(counted);
    }

    private static LocalDate plus(LocalDate day, UnitsOfTime unit, long amount) {
        return switch (unit) {
            case D -> day.plusDays(amount);
            case WK -> day.plusWeeks(amount);
            case MO -> day.plusMonths(amount);
            default -> day.plusYears(amount);
        };
    }

    /** By looking at every quarter of an hour of the wall clock. */
    @Property(tries = 200)
    void timesOnWeekDaysAreThoseOfEachQuarterOfAnHour(@ForAll("weekDaysAtTimes") Drawn drawn) throws UnreadableTiming {
        Drawn once = new Drawn(drawn.unit(), drawn.period(), 1, drawn.weekDays(), drawn.times(), 0);
        LocalDate first = START.atZone(ZONE).toLocalDate();
        LocalDate monday = first.minusDays(first.getDayOfWeek().ordinal());
        List<String> looked = new ArrayList<>();
        for (LocalDate day = first; day.isBefore(first.plusDays(200)); day = day.plusDays(1)) {
            long week = (day.toEpochDay() - monday.toEpochDay()) / 7;
            for (int quarter = 0; quarter < 96; quarter++) {
                LocalTime time = LocalTime.MIN.plusMinutes(quarter * 15L);
                if (week % drawn.period() == 0
                        && drawn.weekDays().contains(day.getDayOfWeek())
                        && drawn.times().contains(time)
                        && !day.atTime(time).atZone(ZONE).toInstant().isBefore(START)) {
                    looked.add(day.atTime(time).toString());
                }
            }
        }
        assertThat(read(once)
                        .between(START, first.plusDays(200).atStartOfDay(ZONE).toInstant()))
                .extracting(Occurrence::key)
                .containsExactlyInAnyOrderElementsOf(looked);
    }
}
