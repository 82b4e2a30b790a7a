package eu.sinusnode.therapy.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.timing.Timings;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A patient's own clock and quiet hours, also in the nights in which the clocks change. */
class ReminderSettingsTest {

    private static final UUID PLAN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAY = 24 * 60;

    /** Clocks that change on other days than Berlin's, by half an hour, by night, or never. */
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "Europe/Lisbon",
            "Atlantic/Azores",
            "America/New_York",
            "America/St_Johns",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Pacific/Auckland",
            "Pacific/Kiritimati");

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    private static QuietHours quiet(int from, int minutes) {
        return new QuietHours(time(from), time(from + minutes));
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay((minutes % DAY) * 60L);
    }

    private static boolean isQuiet(QuietHours quiet, Instant at, ZoneId zone) {
        LocalTime time = at.atZone(zone).toLocalTime();
        long since = Math.floorMod(time.toSecondOfDay() - quiet.from().toSecondOfDay(), DAY * 60);
        return since < quiet.length().toSeconds();
    }

    /** Near a change of the clocks, where there is one. */
    private static Instant planned(ZoneId zone, int change, int minutes) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(YEAR);
        for (int i = 0; i < change && next != null; i++) {
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return (next == null ? YEAR : next.getInstant()).plus(Duration.ofMinutes(minutes));
    }

    @Property(tries = 20_000)
    void whatCanWaitComesAtTheFirstMinuteThatIsNotQuiet(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = DAY - 1) int from,
            @ForAll @IntRange(min = 1, max = 16 * 60) int length,
            @ForAll @IntRange(max = 3) int change,
            @ForAll @IntRange(min = -DAY, max = DAY) int minutes) {
        QuietHours quiet = quiet(from, length);
        Instant planned = planned(zone, change, minutes);
        Instant expected = planned;
        while (isQuiet(quiet, expected, zone)) {
            expected = expected.plus(Duration.ofMinutes(1));
        }
        Instant moved = quiet.move(planned, zone, false);
        assertThat(isQuiet(quiet, moved, zone)).isFalse();
        ZoneOffset before = zone.getRules().getOffset(planned);
        if (before.equals(zone.getRules().getOffset(planned.plus(quiet.length().plusHours(1))))) {
            assertThat(moved).isEqualTo(expected);
        } else {
            // Clocks that go back over the beginning of quiet hours make two pieces of them, which end with the second.
            assertThat(moved).isBetween(expected, planned.plus(quiet.length()).plus(Duration.ofHours(1)));
        }
    }

    @Property(tries = 20_000)
    void anIntakeComesAtTheBeginningOrTheEndOfThem(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = DAY - 1) int from,
            @ForAll @IntRange(min = 1, max = 16 * 60) int length,
            @ForAll @IntRange(max = 3) int change,
            @ForAll @IntRange(min = -DAY, max = DAY) int minutes) {
        QuietHours quiet = quiet(from, length);
        Instant planned = planned(zone, change, minutes);
        Instant moved = quiet.move(planned, zone, true);
        Instant end = quiet.move(planned, zone, false);
        if (!isQuiet(quiet, planned, zone)) {
            assertThat(moved).isEqualTo(planned);
        } else if (moved.isAfter(planned)) {
            assertThat(moved).isEqualTo(end);
        } else {
            assertThat(Duration.between(moved, planned))
                    .isLessThanOrEqualTo(Duration.between(planned, end))
                    .isLessThanOrEqualTo(quiet.length().plusHours(1));
        }
    }

    /** A week by one clock and a week by another, as the server computes them: what is there stays, what is there is not made again. */
    private static Map<UUID, Reminder> overAChange(Activity activity, ZoneId former, ZoneId later, Instant change)
            throws UnreadableTiming {
        ReminderSettings before = new ReminderSettings(former, QuietHours.USUAL);
        ReminderSettings after = new ReminderSettings(later, QuietHours.USUAL);
        Map<UUID, Reminder> made = new HashMap<>();
        for (Reminder each : due(activity, before, change.minus(Duration.ofDays(7)), change)) {
            assertThat(made.put(each.id(), each)).as("once").isNull();
        }
        Set<UUID> waiting = due(activity, before, change, change.plus(Duration.ofHours(24))).stream()
                .map(Reminder::id)
                .collect(Collectors.toSet());
        for (Reminder each : due(activity, after, change.minus(Duration.ofDays(2)), change.plus(Duration.ofDays(7)))) {
            if (!each.due().isBefore(change) || waiting.contains(each.id())) {
                made.putIfAbsent(each.id(), each);
            }
        }
        return made;
    }

    private static List<Reminder> due(Activity activity, ReminderSettings settings, Instant from, Instant to)
            throws UnreadableTiming {
        Instant begins = LocalDate.of(2026, 1, 1).atStartOfDay(settings.zone()).toInstant();
        return new ReminderSchedule(PLAN, activity, begins, settings.zone(), settings.quiet()).due(from, to);
    }

    @Property(tries = 2_000)
    void whoTravelsIsRemindedOfEachTimeOfTheDayOnce(
            @ForAll("zones") ZoneId former,
            @ForAll("zones") ZoneId later,
            @ForAll @IntRange(min = 30, max = 300) int day,
            @ForAll @IntRange(max = DAY - 1) int minute,
            @ForAll @IntRange(min = 7 * 60, max = 22 * 60) int at)
            throws UnreadableTiming {
        Instant change = YEAR.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(minute));
        Activity tablet = new Activity(
                "MedicationRequest/tablet",
                0,
                "tablet",
                Timings.repeated("\"period\":2,\"periodUnit\":\"d\",\"timeOfDay\":[\"%s:00\"]".formatted(time(at))));
        List<Reminder> made =
                new ArrayList<>(overAChange(tablet, former, later, change).values());
        List<LocalDate> days = made.stream()
                .map(each -> local(each, former, later, change, time(at)))
                .map(LocalDateTime::toLocalDate)
                .sorted()
                .toList();
        assertThat(days).doesNotHaveDuplicates();
        for (int i = 1; i < days.size(); i++) {
            assertThat(days.get(i))
                    .as("every second day")
                    .isEqualTo(days.get(i - 1).plusDays(2));
        }
    }

    /** By the clock that shows its time. */
    private static LocalDateTime local(Reminder each, ZoneId former, ZoneId later, Instant change, LocalTime time) {
        LocalDateTime byFormer = LocalDateTime.ofInstant(each.planned(), former);
        LocalDateTime byLater = LocalDateTime.ofInstant(each.planned(), later);
        boolean former1 = byFormer.toLocalTime().equals(time);
        boolean later1 = byLater.toLocalTime().equals(time);
        assertThat(former1 || later1).as("%s", each).isTrue();
        return former1 && (!later1 || each.due().isBefore(change)) ? byFormer : byLater;
    }

    @Property(tries = 500)
    void whatCountsHoursIsNotTouchedByAnotherClock(
            @ForAll("zones") ZoneId later, @ForAll @IntRange(max = DAY - 1) int minute) throws UnreadableTiming {
        Instant change = YEAR.plus(Duration.ofDays(100)).plus(Duration.ofMinutes(minute));
        Activity drops = new Activity(
                "ServiceRequest/pressure",
                0,
                "pressure",
                Timings.repeated("\"boundsPeriod\":{\"start\":\"2026-01-01T08:00:00Z\"},\"frequency\":1,\"period\":6,"
                        + "\"periodUnit\":\"h\""));
        List<Instant> planned = overAChange(drops, ZoneId.of("Europe/Berlin"), later, change).values().stream()
                .map(Reminder::planned)
                .sorted()
                .toList();
        for (int i = 1; i < planned.size(); i++) {
            assertThat(Duration.between(planned.get(i - 1), planned.get(i))).isEqualTo(Duration.ofHours(6));
        }
    }

    @Test
    void anIntakeThatTheNewClockHasPassedIsNotForgotten() throws UnreadableTiming {
        Activity tablet = new Activity(
                "MedicationRequest/tablet",
                0,
                "tablet",
                Timings.repeated("\"period\":1,\"periodUnit\":\"d\",\"timeOfDay\":[\"08:00:00\"]"));
        // Seven in the morning in Berlin, three in the afternoon in Tokyo.
        Instant landed = Instant.parse("2026-05-05T05:00:00Z");
        assertThat(overAChange(tablet, ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Tokyo"), landed).values().stream()
                        .map(Reminder::planned)
                        .sorted()
                        .toList())
                .contains(Instant.parse("2026-05-04T06:00:00Z"), Instant.parse("2026-05-04T23:00:00Z"));
    }
}
