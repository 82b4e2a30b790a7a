package eu.sinusnode.therapy.progress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Whether a goal's target is reached. */
public sealed interface TargetProgress {

    /** So many are shown: lipids are measured to a hundredth of a mmol/L. */
    int DECIMALS = 2;

    /** What a value is made of. */
    enum Basis {
        /** The mean of the last seven days. */
        MEAN,
        /** The sum of the last seven days. */
        SUM,
        /** The newest of the last twelve weeks. */
        NEWEST
    }

    /**
     * @param value exact, as it was judged; {@link #shown} for people
     * @param unit UCUM, the target's
     * @param values how many it is made of
     * @param reported how much of a sum the patient reports, and nothing has measured
     */
    record Judged(BigDecimal value, String unit, Basis basis, int values, BigDecimal reported, boolean reached)
            implements TargetProgress {

        /** With two decimals at most, and one at least: 1.37, 126.0. */
        public BigDecimal shown() {
            return shown(value);
        }

        public BigDecimal reportedShown() {
            return shown(reported);
        }

        private static BigDecimal shown(BigDecimal exact) {
            BigDecimal rounded = exact.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
            return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
        }
    }

    /** @param value the newest that was stated of the last twelve weeks */
    record Coded(CodeableConcept value, boolean reached) implements TargetProgress {}

    /** Nothing is known; that is not "not reached". */
    record NotComputable(String because) implements TargetProgress {}

    /** Empty when that is not known. */
    default Optional<Boolean> isReached() {
        if (this instanceof Judged judged) {
            return Optional.of(judged.reached());
        }
        return this instanceof Coded coded ? Optional.of(coded.reached()) : Optional.empty();
    }
}
