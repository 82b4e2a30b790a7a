package eu.sinusnode.therapy.check;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;

/**
 * When a prescription holds, by the bounds of its dosages: without an end it goes on, without a beginning it holds already. A day
 * that it ends on is whole.
 */
record PrescribedTime(Instant from, Instant until) {

    static PrescribedTime of(MedicationRequest request) {
        List<Period> bounds = new ArrayList<>();
        for (Dosage dosage : request.getDosageInstruction()) {
            if (!(dosage.getTiming().getRepeat().getBounds() instanceof Period period)) {
                return new PrescribedTime(Instant.MIN, Instant.MAX);
            }
            bounds.add(period);
        }
        return new PrescribedTime(
                bounds.stream()
                        .map(PrescribedTime::start)
                        .min(Instant::compareTo)
                        .orElse(Instant.MIN),
                bounds.stream().map(PrescribedTime::end).max(Instant::compareTo).orElse(Instant.MAX));
    }

    boolean meets(PrescribedTime other) {
        return isWithin(Duration.ZERO, other);
    }

    /** Whether less lies between them. */
    boolean isWithin(Duration apart, PrescribedTime other) {
        return follows(apart, other) && other.follows(apart, this);
    }

    private boolean follows(Duration apart, PrescribedTime other) {
        return until.equals(Instant.MAX) || other.from.equals(Instant.MIN) || other.from.isBefore(until.plus(apart));
    }

    private static Instant start(Period period) {
        return period.hasStart() ? period.getStart().toInstant() : Instant.MIN;
    }

    /** The first instant that it does not hold any more. */
    private static Instant end(Period period) {
        if (!period.hasEnd()) {
            return Instant.MAX;
        }
        DateTimeType end = period.getEndElement();
        TemporalPrecisionEnum precision = end.getPrecision();
        return (precision.ordinal() < TemporalPrecisionEnum.MINUTE.ordinal()
                        ? precision.add(end.getValue(), 1)
                        : end.getValue())
                .toInstant();
    }
}
