package eu.sinusnode.analysis.feature;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * One measured value.
 *
 * @param reference the version of its Observation
 */
public record Sample(OffsetDateTime at, double value, String reference) {

    /** The patient's own date: that of the offset which the device stated. */
    public LocalDate day() {
        return at.toLocalDate();
    }

    /** The patient's own hour of the day, 0 to 23. */
    public int hour() {
        return at.getHour();
    }
}
