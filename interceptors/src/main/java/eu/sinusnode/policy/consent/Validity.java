package eu.sinusnode.policy.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/**
 * From when until when something holds. FHIR's Period includes its end, and a date without a time means that whole day
 * (month, year): here the end is the first instant after it.
 *
 * @param from inclusive; the epoch when the Period has no start
 * @param to exclusive; null is open
 */
public record Validity(Instant from, @Nullable Instant to) {

    public static final Validity ALWAYS = new Validity(Instant.EPOCH, null);

    /** Where a date without a time begins and ends, in Consents and in records. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** @param zone where a date without a time begins and ends */
    public static Validity of(Period period, ZoneId zone) {
        return new Validity(
                period.hasStart() ? begin(period.getStartElement(), zone) : Instant.EPOCH,
                period.hasEnd() ? after(period.getEndElement(), zone) : null);
    }

    /** When data was true, as a rule may limit it: without a start it begins with the first of all data. */
    static Validity ofData(Period period, ZoneId zone) {
        Validity validity = of(period, zone);
        return period.hasStart() ? validity : new Validity(Instant.MIN, validity.to());
    }

    /** When a record's content was true, by a Period that has a start or an end. */
    public static Validity ofContent(Period period) {
        return new Validity(
                period.hasStart() ? begin(period.getStartElement(), ZONE) : Instant.MIN,
                period.hasEnd() ? afterMoment(period.getEndElement()) : null);
    }

    /** Likewise by one date or moment. */
    public static Validity ofMoment(BaseDateTimeType moment) {
        return new Validity(begin(moment, ZONE), afterMoment(moment));
    }

    /** From the earlier start to the later end. */
    public Validity hull(Validity other) {
        return new Validity(
                from.isBefore(other.from) ? from : other.from,
                to == null || other.to == null ? null : to.isAfter(other.to) ? to : other.to);
    }

    /** What lies in both. */
    public Validity and(Validity other) {
        Instant laterFrom = from.isAfter(other.from) ? from : other.from;
        if (to == null) {
            return new Validity(laterFrom, other.to);
        }
        return new Validity(laterFrom, other.to == null || to.isBefore(other.to) ? to : other.to);
    }

    public boolean isEmpty() {
        return to != null && !from.isBefore(to);
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }

    /** Whether all of the other one lies in this. */
    public boolean contains(Validity other) {
        return !other.from.isBefore(from) && (to == null || other.to != null && !other.to.isAfter(to));
    }

    private static Instant begin(BaseDateTimeType element, ZoneId zone) {
        return switch (element.getPrecision()) {
            case YEAR, MONTH, DAY -> firstDay(element).atStartOfDay(zone).toInstant();
            default -> instant(element);
        };
    }

    private static Instant after(BaseDateTimeType element, ZoneId zone) {
        LocalDate first = firstDay(element);
        return switch (element.getPrecision()) {
            case YEAR -> first.plusYears(1).atStartOfDay(zone).toInstant();
            case MONTH -> first.plusMonths(1).atStartOfDay(zone).toInstant();
            case DAY -> first.plusDays(1).atStartOfDay(zone).toInstant();
            case MINUTE -> instant(element).plusSeconds(60);
            case SECOND -> instant(element).plusSeconds(1);
            default -> instant(element).plusMillis(1);
        };
    }

    /** A time of day is a moment, however many digits it is written with: so the storage's index has it. */
    private static Instant afterMoment(BaseDateTimeType element) {
        return switch (element.getPrecision()) {
            case YEAR, MONTH, DAY -> after(element, ZONE);
            default -> instant(element).plusMillis(1);
        };
    }

    private static LocalDate firstDay(BaseDateTimeType element) {
        Integer month = element.getMonth();
        Integer day = element.getDay();
        return switch (element.getPrecision()) {
            case YEAR -> LocalDate.of(element.getYear(), 1, 1);
            case MONTH -> LocalDate.of(element.getYear(), month + 1, 1);
            default -> LocalDate.of(element.getYear(), month + 1, day);
        };
    }

    private static Instant instant(BaseDateTimeType element) {
        Date value = element.getValue();
        return value.toInstant();
    }
}
