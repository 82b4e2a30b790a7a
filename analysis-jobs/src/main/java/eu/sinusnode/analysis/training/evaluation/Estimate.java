package eu.sinusnode.analysis.training.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its 95 % interval; null where the data cannot give it.
 *
 * @param low 2.5th percentile of the bootstrap
 * @param high 97.5th percentile
 */
@JsonPropertyOrder({"value", "low", "high"})
public record Estimate(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high) {

    public static Estimate of(double value, double low, double high) {
        return new Estimate(rounded(value), rounded(low), rounded(high));
    }

    /** Four decimals; null for what is no number. */
    public static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? (Double) (Math.round(value * 10_000) / 10_000.0) : null;
    }

    /** In words, without the sign of what rounds to nothing. */
    public static String text(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text;
    }
}
