package eu.sinusnode.server.measurements;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a bucket of a trend is by the calendar and clock of a time zone: days begin at midnight, weeks on Monday. A day
 * on which the clocks change has 23 or 25 hours, and still is one bucket.
 */
enum CalendarStep {
    MINUTES_5("PT5M", Duration.ofMinutes(5)),
    MINUTES_15("PT15M", Duration.ofMinutes(15)),
    HOUR("PT1H", Duration.ofHours(1)),
    HOURS_3("PT3H", Duration.ofHours(3)),
    HOURS_6("PT6H", Duration.ofHours(6)),
    HOURS_12("PT12H", Duration.ofHours(12)),
    DAY("P1D", Duration.ofDays(1)),
    WEEK("P1W", Duration.ofDays(7)),
    MONTH("P1M", ChronoUnit.MONTHS.getDuration()),
    QUARTER("P3M", ChronoUnit.MONTHS.getDuration().multipliedBy(3)),
    YEAR("P1Y", ChronoUnit.YEARS.getDuration());

    private final String text;
    private final Duration about;

    CalendarStep(String text, Duration about) {
        this.text = text;
        this.about = about;
    }

    /** As a duration of ISO 8601. */
    String text() {
        return text;
    }

    /** The shortest one that needs no more buckets; the longest one if each needs more. */
    static CalendarStep of(Period period, ZoneId zone, int buckets) {
        for (CalendarStep step : values()) {
            long estimated = Duration.between(period.start(), period.end()).dividedBy(step.about);
            // The estimate spares making a million edges; it is right to within the first and last bucket, and a leap
            // day.
            if (estimated <= buckets && step.edges(period, zone).size() - 1 <= buckets) {
                return step;
            }
        }
        return YEAR;
    }

    /** Where buckets begin, and last where the last one ends; the first and last are cut to the period. */
    List<Instant> edges(Period period, ZoneId zone) {
        List<Instant> edges = new ArrayList<>(List.of(period.start()));
        LocalDateTime edge = start(LocalDateTime.ofInstant(period.start(), zone));
        Instant at = edge.atZone(zone).toInstant();
        while (at.isBefore(period.end())) {
            // An hour that the clocks leave out begins when the next one does.
            if (at.isAfter(edges.get(edges.size() - 1))) {
                edges.add(at);
            }
            edge = next(edge);
            at = edge.atZone(zone).toInstant();
        }
        edges.add(period.end());
        return edges;
    }

    private LocalDateTime start(LocalDateTime within) {
        LocalDateTime midnight = within.toLocalDate().atStartOfDay();
        return switch (this) {
            case DAY -> midnight;
            case WEEK -> midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> midnight.withDayOfMonth(1);
            case QUARTER -> midnight.withDayOfMonth(1).withMonth((midnight.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> midnight.withDayOfYear(1);
            default ->
                midnight.plusMinutes(
                        ChronoUnit.MINUTES.between(midnight, within) / about.toMinutes() * about.toMinutes());
        };
    }

    private LocalDateTime next(LocalDateTime edge) {
        return switch (this) {
            case DAY -> edge.plusDays(1);
            case WEEK -> edge.plusWeeks(1);
            case MONTH -> edge.plusMonths(1);
            case QUARTER -> edge.plusMonths(3);
            case YEAR -> edge.plusYears(1);
            default -> edge.plus(about);
        };
    }
}
