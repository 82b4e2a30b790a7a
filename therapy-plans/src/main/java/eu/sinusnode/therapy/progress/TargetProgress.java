package eu.sinusnode.therapy.progress;

import java.math.BigDecimal;

/** Whether a goal's target is reached. */
public sealed interface TargetProgress {

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
     * @param value with one decimal
     * @param unit UCUM, the target's
     * @param values how many it is made of
     */
    record Judged(BigDecimal value, String unit, Basis basis, int values, boolean reached) implements TargetProgress {}

    /** Nothing is known; that is not "not reached". */
    record NotComputable(String because) implements TargetProgress {}
}
