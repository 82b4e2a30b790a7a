package eu.sinusnode.therapy.timing;

import eu.sinusnode.therapy.timing.Recurrence.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** Reads from when to when a timing holds. */
final class BoundsReader {

    private static final String UCUM = "http://unitsofmeasure.org";

    private final ZoneId zone;

    BoundsReader(ZoneId zone) {
        this.zone = zone;
    }

    Span read(TimingRepeatComponent repeat, Instant planned) throws UnreadableTiming {
        if (!repeat.hasBounds()) {
            return new Span(planned, null);
        }
        if (repeat.hasBoundsPeriod()) {
            return period(repeat.getBoundsPeriod(), planned);
        }
        if (repeat.hasBoundsDuration()) {
            Duration length = repeat.getBoundsDuration();
            return new Span(planned, after(planned, length));
        }
        return range(repeat.getBoundsRange(), planned);
    }

    private Span period(Period period, Instant planned) throws UnreadableTiming {
        MomentReader moments = new MomentReader(zone);
        Instant start = period.hasStart() ? moments.start(period.getStartElement()) : planned;
        if (!period.hasEnd()) {
            return new Span(start, null);
        }
        Instant end = moments.after(period.getEndElement());
        if (!start.isBefore(end)) {
            throw new UnreadableTiming("repeat.boundsPeriod", "The period ends before it begins.");
        }
        return new Span(start, end);
    }

    private Span range(Range range, Instant planned) throws UnreadableTiming {
        if (range.hasLow() && range.hasHigh()) {
            Instant low = after(planned, range.getLow());
            if (low.isAfter(after(planned, range.getHigh()))) {
                throw new UnreadableTiming("repeat.boundsRange", "The range runs backwards.");
            }
        }
        return new Span(planned, range.hasHigh() ? after(planned, range.getHigh()) : null);
    }

    /** Days and more by the patient's calendar: two weeks end at the same time of day. */
    private Instant after(Instant start, Quantity length) throws UnreadableTiming {
        String element = "repeat.bounds";
        if (!length.hasValue() || length.getValue().signum() < 0 || length.hasComparator()) {
            throw new UnreadableTiming(element, "A length needs a value that is not negative, and no comparator.");
        }
        if (length.hasSystem() && !UCUM.equals(length.getSystem())) {
            throw new UnreadableTiming(element, "A length has a UCUM unit.");
        }
        UnitsOfTime unit = unit(element, length.getCode());
        ZonedDateTime local = start.atZone(zone);
        if (unit == UnitsOfTime.MO || unit == UnitsOfTime.A) {
            int whole = Units.whole(element, length.getValue(), unit);
            return local.plus(whole, unit == UnitsOfTime.MO ? ChronoUnit.MONTHS : ChronoUnit.YEARS)
                    .toInstant();
        }
        long seconds = Units.seconds(element, length.getValue(), unit);
        if (unit == UnitsOfTime.D || unit == UnitsOfTime.WK) {
            long day = ChronoUnit.DAYS.getDuration().toSeconds();
            return local.plusDays(seconds / day).plusSeconds(seconds % day).toInstant();
        }
        return start.plusSeconds(seconds);
    }

    private static UnitsOfTime unit(String element, String code) throws UnreadableTiming {
        for (UnitsOfTime unit : UnitsOfTime.values()) {
            if (unit != UnitsOfTime.NULL && unit.toCode().equals(code)) {
                return unit;
            }
        }
        throw new UnreadableTiming(element, "The unit of a length is one of s, min, h, d, wk, mo and a.");
    }
}
