package eu.sinusnode.therapy.timing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

/**
 * Every element of {@code Timing.repeat} in R4, in zones whose clocks change otherwise than ours (by half an hour; in the south; not at
 * all), from days on beside which clocks change or a leap day is.
 */
@Tag("laws")
class RepeatShapesTest {

    private static final List<ZoneId> ZONES = List.of(
            Timings.BERLIN,
            ZoneId.of("Europe/Lisbon"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kolkata"));

    private static final List<String> STARTS = List.of(
            "2026-03-28T20:15:00",
            "2026-10-24T23:30:00",
            "2026-10-25T02:30:00",
            "2027-12-31T00:00:00",
            "2028-02-28T12:00:00",
            "2028-02-29T06:00:00");

    /** Those that stand for a moment of the day; C alone and what takes an offset are among them. */
    private static final List<EventTiming> MOMENTS = List.of(
            EventTiming.MORN,
            EventTiming.MORN_EARLY,
            EventTiming.MORN_LATE,
            EventTiming.NOON,
            EventTiming.AFT,
            EventTiming.AFT_EARLY,
            EventTiming.AFT_LATE,
            EventTiming.EVE,
            EventTiming.EVE_EARLY,
            EventTiming.EVE_LATE,
            EventTiming.NIGHT,
            EventTiming.PHS,
            EventTiming.HS,
            EventTiming.WAKE,
            EventTiming.C,
            EventTiming.CM,
            EventTiming.CD,
            EventTiming.CV,
            EventTiming.AC,
            EventTiming.ACM,
            EventTiming.ACD,
            EventTiming.ACV,
            EventTiming.PC,
            EventTiming.PCM,
            EventTiming.PCD,
            EventTiming.PCV);

    private static final int MANY = 4_000;

    /** A timing that somebody has planned somewhere at some time. */
    record Planned(Timing timing, ZoneId zone, Instant start) {

        TimingRepeatComponent repeat() {
            return timing.getRepeat();
        }

        /** Empty when it contradicts itself. */
        Optional<Recurrence> read() {
            try {
                return Optional.of(new TimingReader(zone, DayRhythm.USUAL).read(timing, start));
            } catch (UnreadableTiming refused) {
                return Optional.empty();
            }
        }

        List<Occurrence> due(Instant from, Instant to) {
            return read().map(recurrence -> recurrence.between(from, to)).orElse(List.of());
        }

        Instant after(int hours) {
            return start.plus(Duration.ofHours(hours));
        }
    }

    @Provide
    Arbitrary<Planned> planned() {
        return Arbitraries.randomValue(RepeatShapesTest::planned);
    }

    private static Planned planned(Random random) {
        Timing timing = new Timing();
        TimingRepeatComponent repeat = timing.getRepeat();
        switch (random.nextInt(7)) {
            case 0 -> elapsed(repeat, random);
            case 1 -> cycle(repeat, random);
            case 2 -> partsOfDays(repeat, random);
            case 3 -> weekDays(repeat, random);
            case 4 -> times(repeat, random);
            case 5 -> moments(repeat, random);
            default -> repeat.setFrequency(1 + random.nextInt(4));
        }
        limits(repeat, random);
        ranges(repeat, random);
        ZoneId zone = one(ZONES, random);
        return new Planned(
                timing,
                zone,
                LocalDateTime.parse(one(STARTS, random)).atZone(zone).toInstant());
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static void elapsed(TimingRepeatComponent repeat, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> repeat.setPeriodUnit(UnitsOfTime.S).setPeriod(1_800 + random.nextInt(20_000));
            case 1 -> repeat.setPeriodUnit(UnitsOfTime.MIN).setPeriod(20 + random.nextInt(1_000));
            default -> repeat.setPeriodUnit(UnitsOfTime.H).setPeriod(1 + random.nextInt(40));
        }
        if (random.nextInt(4) == 0) {
            repeat.setFrequency(1 + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            days(repeat, random, 2);
        }
    }

    private static void cycle(TimingRepeatComponent repeat, Random random) {
        repeat.setPeriodUnit(one(List.of(UnitsOfTime.D, UnitsOfTime.WK, UnitsOfTime.MO, UnitsOfTime.A), random));
        repeat.setPeriod(1 + random.nextInt(4));
        if (random.nextBoolean()) {
            repeat.setFrequency(1 + random.nextInt(6));
        }
    }

    private static void partsOfDays(TimingRepeatComponent repeat, Random random) {
        repeat.setPeriodUnit(one(List.of(UnitsOfTime.D, UnitsOfTime.WK), random));
        repeat.setPeriod(BigDecimal.valueOf(5 + 10L * random.nextInt(4), 1));
    }

    private static void weekDays(TimingRepeatComponent repeat, Random random) {
        days(repeat, random, 3);
        if (random.nextBoolean()) {
            repeat.setPeriodUnit(one(List.of(UnitsOfTime.D, UnitsOfTime.WK), random))
                    .setPeriod(1 + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            repeat.setFrequency(repeat.getDayOfWeek().size());
        }
    }

    private static void days(TimingRepeatComponent repeat, Random random, int most) {
        Set<Integer> days = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(most); i++) {
            days.add(random.nextInt(7));
        }
        days.forEach(day -> repeat.addDayOfWeek(Timing.DayOfWeek.values()[day]));
    }

    private static void times(TimingRepeatComponent repeat, Random random) {
        Set<String> times = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            times.add("%02d:%02d:00".formatted(random.nextInt(24), 15 * random.nextInt(4)));
        }
        times.forEach(repeat::addTimeOfDay);
        perhapsEveryFewDays(repeat, random);
    }

    private static void moments(TimingRepeatComponent repeat, Random random) {
        Set<EventTiming> moments = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            moments.add(one(MOMENTS, random));
        }
        moments.forEach(repeat::addWhen);
        if (random.nextInt(3) == 0) {
            repeat.setOffset(random.nextInt(180));
        }
        perhapsEveryFewDays(repeat, random);
    }

    private static void perhapsEveryFewDays(TimingRepeatComponent repeat, Random random) {
        switch (random.nextInt(4)) {
            case 0 ->
                repeat.setPeriodUnit(one(List.of(UnitsOfTime.D, UnitsOfTime.WK, UnitsOfTime.MO, UnitsOfTime.A), random))
                        .setPeriod(1 + random.nextInt(3));
            case 1 -> days(repeat, random, 3);
            default -> {
                // Each day.
            }
        }
    }

    private static void limits(TimingRepeatComponent repeat, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> repeat.setBounds(length(new org.hl7.fhir.r4.model.Duration(), 1 + random.nextInt(30), random));
            case 1 -> {
                int low = 1 + random.nextInt(5);
                String unit = one(List.of("d", "wk", "mo"), random);
                repeat.setBounds(new Range()
                        .setLow(in(new Quantity(), low, unit))
                        .setHigh(in(new Quantity(), low + random.nextInt(5), unit)));
            }
            case 2 -> {
                Period period = new Period();
                period.setStartElement(new DateTimeType("2026-0" + (1 + random.nextInt(9))));
                if (random.nextBoolean()) {
                    period.setEndElement(new DateTimeType("202" + (7 + random.nextInt(3)) + "-02"));
                }
                repeat.setBounds(period);
            }
            default -> {
                // For as long as the plan goes on.
            }
        }
        if (random.nextInt(4) == 0) {
            repeat.setCount(1 + random.nextInt(20));
        }
    }

    private static Quantity length(Quantity quantity, int value, Random random) {
        return in(quantity, value, one(List.of("h", "d", "wk", "mo", "a"), random));
    }

    private static Quantity in(Quantity quantity, int value, String unit) {
        return quantity.setValue(value).setSystem(Codes.UCUM).setCode(unit);
    }

    private static void ranges(TimingRepeatComponent repeat, Random random) {
        if (repeat.hasCount() && random.nextBoolean()) {
            repeat.setCountMax(repeat.getCount() + random.nextInt(5));
        }
        if (repeat.hasFrequency() && random.nextInt(3) == 0) {
            repeat.setFrequencyMax(repeat.getFrequency() + random.nextInt(3));
        }
        if (repeat.hasPeriod() && random.nextInt(3) == 0) {
            repeat.setPeriodMax(repeat.getPeriod().add(BigDecimal.valueOf(random.nextInt(3))));
        }
        if (random.nextInt(4) == 0) {
            repeat.setDuration(1 + random.nextInt(50))
                    .setDurationUnit(one(List.of(UnitsOfTime.MIN, UnitsOfTime.H), random));
            if (random.nextBoolean()) {
                repeat.setDurationMax(repeat.getDuration().add(BigDecimal.TEN));
            }
        }
    }

    /** So that the laws speak of all of R4, and not of what was thought of. */
    @Test
    void everyElementUnitMomentAndBoundIsAmongThoseThatAreRead() {
        Set<String> elements = new TreeSet<>();
        Set<UnitsOfTime> units = new TreeSet<>();
        Set<EventTiming> moments = new TreeSet<>();
        Set<String> bounds = new TreeSet<>();
        Random random = new Random(8);
        int read = 0;
        for (int i = 0; i < MANY; i++) {
            Planned planned = planned(random);
            if (planned.read().isEmpty()) {
                continue;
            }
            read++;
            TimingRepeatComponent repeat = planned.repeat();
            repeat.children().stream()
                    .filter(child -> child.hasValues())
                    .forEach(child -> elements.add(child.getName()));
            if (repeat.hasPeriodUnit()) {
                units.add(repeat.getPeriodUnit());
            }
            repeat.getWhen().stream().map(Enumeration::getValue).forEach(moments::add);
            if (repeat.hasBounds()) {
                Type bound = repeat.getBounds();
                bounds.add(bound.fhirType());
            }
        }
        assertThat(read).as("most of them are read").isGreaterThan(MANY / 2);
        assertThat(elements)
                .containsAll(new TimingRepeatComponent()
                        .children().stream()
                                .map(child -> child.getName())
                                .filter(name -> !List.of("id", "extension", "modifierExtension")
                                        .contains(name))
                                .toList());
        assertThat(units)
                .containsExactlyInAnyOrder(
                        UnitsOfTime.S,
                        UnitsOfTime.MIN,
                        UnitsOfTime.H,
                        UnitsOfTime.D,
                        UnitsOfTime.WK,
                        UnitsOfTime.MO,
                        UnitsOfTime.A);
        assertThat(moments).containsExactlyInAnyOrderElementsOf(MOMENTS);
        List<EventTiming> all = new ArrayList<>(List.of(EventTiming.values()));
        all.remove(EventTiming.NULL);
        assertThat(MOMENTS).as("all of R4's").containsExactlyInAnyOrderElementsOf(all);
        assertThat(bounds).containsExactlyInAnyOrder("Duration", "Period", "Range");
    }

    @Property(tries = 600)
    void windowsThatMeetGiveWhatOneOverBothGives(
            @ForAll("planned") Planned planned,
            @ForAll @IntRange(min = -100, max = 9_000) int from,
            @ForAll @IntRange(max = 1_000) int first,
            @ForAll @IntRange(max = 1_000) int second) {
        List<Occurrence> parts = new ArrayList<>(planned.due(planned.after(from), planned.after(from + first)));
        parts.addAll(planned.due(planned.after(from + first), planned.after(from + first + second)));
        assertThat(parts).isEqualTo(planned.due(planned.after(from), planned.after(from + first + second)));
    }

    @Property(tries = 600)
    void occurrencesAreInOrderInTheWindowAndHaveKeysOfTheirOwn(
            @ForAll("planned") Planned planned, @ForAll @IntRange(min = -100, max = 9_000) int from) {
        Instant to = planned.after(from + 1_500);
        List<Occurrence> due = planned.due(planned.after(from), to);
        assertThat(due).isSortedAccordingTo(Comparator.comparing(Occurrence::at));
        assertThat(due).extracting(Occurrence::key).doesNotHaveDuplicates();
        assertThat(due).allSatisfy(occurrence -> assertThat(occurrence.at())
                .isAfterOrEqualTo(planned.after(from))
                .isBefore(to));
    }

    @Property(tries = 600)
    void aCountIsTheFirstOfThemAndNoneAreAboveIt(@ForAll("planned") Planned planned) {
        // Its bounds may have begun long before.
        Instant from = planned.after(-24_000);
        Instant to = planned.after(4_000);
        Timing unlimited = planned.timing().copy();
        unlimited.getRepeat().setCountElement(null).setCountMaxElement(null);
        List<Occurrence> all = new Planned(unlimited, planned.zone(), planned.start()).due(from, to);
        int most = planned.repeat().hasCount() ? planned.repeat().getCount() : all.size();
        assertThat(planned.due(from, to)).isEqualTo(all.subList(0, Math.min(most, all.size())));
    }

    /** What goes by days is at its time on the patient's clock; a time that is skipped comes as much later, one that comes twice comes first. */
    @Property(tries = 600)
    void whatGoesByDaysFollowsTheClockOnTheWall(
            @ForAll("planned") Planned planned, @ForAll @IntRange(min = 0, max = 9_000) int from) {
        for (Occurrence occurrence : planned.due(planned.after(from), planned.after(from + 1_500))) {
            if (occurrence.key().endsWith("Z")) {
                continue;
            }
            LocalDateTime meant = LocalDateTime.parse(occurrence.key());
            ZonedDateTime shown = occurrence.at().atZone(planned.zone());
            ZoneOffsetTransition change = planned.zone().getRules().getTransition(meant);
            if (change == null) {
                assertThat(shown.toLocalDateTime()).isEqualTo(meant);
            } else if (change.isGap()) {
                assertThat(shown.toLocalDateTime()).isEqualTo(meant.plus(change.getDuration()));
            } else {
                assertThat(shown.toLocalDateTime()).isEqualTo(meant);
                assertThat(shown.getOffset()).isEqualTo(change.getOffsetBefore());
            }
        }
    }

    /** What goes by hours and less passes, whatever clocks show. */
    @Property(tries = 600)
    void whatGoesByHoursPasses(@ForAll("planned") Planned planned) {
        TimingRepeatComponent repeat = planned.repeat();
        boolean passes = repeat.hasPeriod()
                && Set.of(UnitsOfTime.S, UnitsOfTime.MIN, UnitsOfTime.H).contains(repeat.getPeriodUnit())
                && repeat.getFrequency() <= 1
                && !repeat.hasDayOfWeek()
                && !repeat.hasTimeOfDay()
                && !repeat.hasWhen();
        if (!passes) {
            return;
        }
        long seconds = repeat.getPeriod().longValueExact()
                * switch (repeat.getPeriodUnit()) {
                    case S -> 1;
                    case MIN -> 60;
                    default -> 3_600;
                };
        List<Occurrence> due = planned.due(planned.start(), planned.after(1_000));
        for (int i = 1; i < due.size(); i++) {
            assertThat(Duration.between(due.get(i - 1).at(), due.get(i).at())).hasSeconds(seconds);
        }
    }

    /** How long each lasts is what was said, and nothing where nothing was. */
    @Property(tries = 300)
    void eachLastsAsLongAsWasSaid(@ForAll("planned") Planned planned) {
        TimingRepeatComponent repeat = planned.repeat();
        long minutes = repeat.hasDuration()
                ? repeat.getDuration().longValueExact() * (repeat.getDurationUnit() == UnitsOfTime.H ? 60 : 1)
                : 0;
        assertThat(planned.due(planned.start(), planned.after(500)))
                .allSatisfy(occurrence -> assertThat(occurrence.lasts()).hasMinutes(minutes));
    }
}
