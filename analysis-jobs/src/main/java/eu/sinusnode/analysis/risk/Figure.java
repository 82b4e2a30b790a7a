package eu.sinusnode.analysis.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A number that a result rests on.
 *
 * @param name in words
 * @param loinc code of what it measures, where there is one
 * @param value as it is told
 * @param unit UCUM code
 * @param exact as it was computed, before it was rounded
 */
public record Figure(String name, @Nullable String loinc, BigDecimal value, String unit, double exact) {

    public static Figure count(String name, long value, String unit) {
        return new Figure(name, null, BigDecimal.valueOf(value), unit, value);
    }

    /** Rounded half up to {@code decimals}. */
    public static Figure of(String name, double value, int decimals, String unit) {
        return of(name, null, value, decimals, unit);
    }

    public static Figure of(String name, @Nullable String loinc, double value, int decimals, String unit) {
        return new Figure(name, loinc, BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP), unit, value);
    }
}
