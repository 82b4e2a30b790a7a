package eu.sinusnode.therapy.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * When a patient is not to be disturbed, by the clock on the patient's wall; it may go over midnight.
 *
 * @param from the first minute that is quiet
 * @param until the first that is not; the same as {@code from}: no hour is quiet
 */
public record QuietHours(LocalTime from, LocalTime until) {

    /** Of patients who said nothing else: a usual day begins and ends outside of them. No source gives these times. */
    public static final QuietHours USUAL = new QuietHours(LocalTime.of(22, 30), LocalTime.of(6, 30));

    /**
     * Where a reminder goes that would come in quiet hours. What can wait comes when they are over. An intake of medication comes at
     * that end of them which is nearer to its time, the earlier one when both are as near: taken late or early, never forgotten.
     *
     * @param planned when it is due
     * @param medication whether it is of an intake
     * @return the same instant when it is not quiet then
     */
    public Instant move(Instant planned, ZoneId zone, boolean medication) {
        ZonedDateTime local = planned.atZone(zone);
        if (!isQuiet(local.toLocalTime())) {
            return planned;
        }
        boolean afterMidnight = local.toLocalTime().isBefore(until);
        boolean overMidnight = until.isBefore(from);
        LocalDate day = local.toLocalDate();
        LocalDate ends = overMidnight && !afterMidnight ? day.plusDays(1) : day;
        Instant end = end(ends.atTime(until), zone, planned);
        if (!medication) {
            return end;
        }
        LocalDate begins = overMidnight && afterMidnight ? day.minusDays(1) : day;
        Instant begin = begin(begins.atTime(from), zone, planned);
        Duration since = Duration.between(begin, planned);
        return since.compareTo(Duration.between(planned, end)) <= 0 ? begin : end;
    }

    /** The next time that the clocks show it; when they skip it, that is when they do. */
    private static Instant end(LocalDateTime local, ZoneId zone, Instant planned) {
        ZonedDateTime first = local.atZone(zone);
        return skipped(local, zone)
                .orElse((first.toInstant().isBefore(planned) ? first.withLaterOffsetAtOverlap() : first).toInstant());
    }

    /** The last time that the clocks showed it; when they skipped it, that was when they did. */
    private static Instant begin(LocalDateTime local, ZoneId zone, Instant planned) {
        ZonedDateTime first = local.atZone(zone);
        Instant second = first.withLaterOffsetAtOverlap().toInstant();
        return skipped(local, zone).orElse(second.isAfter(planned) ? first.toInstant() : second);
    }

    private static Optional<Instant> skipped(LocalDateTime local, ZoneId zone) {
        return Optional.ofNullable(zone.getRules().getTransition(local))
                .filter(ZoneOffsetTransition::isGap)
                .map(ZoneOffsetTransition::getInstant);
    }

    /** How long they last, by the clock. */
    public Duration length() {
        Duration between = Duration.between(from, until);
        return between.isNegative() ? between.plusDays(1) : between;
    }

    private boolean isQuiet(LocalTime time) {
        if (from.equals(until)) {
            return false;
        }
        boolean afterBegin = !time.isBefore(from);
        boolean beforeEnd = time.isBefore(until);
        return from.isBefore(until) ? afterBegin && beforeEnd : afterBegin || beforeEnd;
    }
}
