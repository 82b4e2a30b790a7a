package eu.sinusnode.therapy.progress;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * One measured value.
 *
 * @param at when; of what was counted over a while, when that began
 * @param code LOINC
 * @param unit UCUM code; empty when none was stated as UCUM
 * @param span how long it was counted; zero of a moment
 */
public record Measured(Instant at, String code, BigDecimal value, String unit, Duration span, Source source) {

    /** Whom it is known from. */
    public enum Source {
        /** A measurement was recorded. */
        RECORDED,
        /** A laboratory measured it. */
        LABORATORY,
        /** The patient says that it was done; nothing was measured. */
        REPORTED
    }
}
