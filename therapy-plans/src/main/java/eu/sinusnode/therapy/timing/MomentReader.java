package eu.sinusnode.therapy.timing;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/** Reads FHIR's dates, which may be as wide as a year, in the patient's zone. */
public final class MomentReader {

    private final ZoneId zone;

    public MomentReader(ZoneId zone) {
        this.zone = zone;
    }

    /** The first instant of what is written. */
    public Instant start(BaseDateTimeType written) {
        return isDate(written)
                ? day(written).atStartOfDay(zone).toInstant()
                : written.getValue().toInstant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The first instant after what is written: a period's end belongs to it. */
    Instant after(BaseDateTimeType written) {
        if (!isDate(written)) {
            Instant instant = written.getValue().toInstant();
            return written.getPrecision() == TemporalPrecisionEnum.MILLI
                    ? instant.plusMillis(1)
                    : instant.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        }
        LocalDate first = day(written);
        LocalDate next =
                switch (written.getPrecision()) {
                    case YEAR -> first.plusYears(1);
                    case MONTH -> first.plusMonths(1);
                    default -> first.plusDays(1);
                };
        return next.atStartOfDay(zone).toInstant();
    }

    static boolean isDate(BaseDateTimeType written) {
        return written.getPrecision().ordinal() <= TemporalPrecisionEnum.DAY.ordinal();
    }

    /** The first day of what is written. */
    static LocalDate day(BaseDateTimeType written) {
        boolean hasMonth = written.getPrecision() != TemporalPrecisionEnum.YEAR;
        boolean hasDay = hasMonth && written.getPrecision() != TemporalPrecisionEnum.MONTH;
        return LocalDate.of(written.getYear(), hasMonth ? written.getMonth() + 1 : 1, hasDay ? written.getDay() : 1);
    }
}
