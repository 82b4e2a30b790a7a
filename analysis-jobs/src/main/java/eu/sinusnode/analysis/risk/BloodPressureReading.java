package eu.sinusnode.analysis.risk;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/** One blood pressure of a home cuff, in mm[Hg]. */
public record BloodPressureReading(String reference, OffsetDateTime effective, double systolic, double diastolic) {

    /** The patient's own date: that of the offset which the device stated, not of any fixed zone. */
    public LocalDate day() {
        return effective.toLocalDate();
    }

    public boolean isSevere() {
        return systolic >= 180 || diastolic >= 110;
    }
}
