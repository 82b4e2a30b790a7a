package eu.sinusnode.analysis.training.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a probability of 0.8 is right eight times of ten.
 *
 * @param brier mean squared error of the probability
 * @param slope of the observed log-odds on the predicted ones; 1 is right, below 1 the model is too sure of itself
 * @param intercept how far the log-odds are too low on the whole (calibration in the large); 0 is right
 * @param bins ten bins of predicted probability
 */
@JsonPropertyOrder({"brier", "slope", "intercept", "bins"})
public record Reliability(
        @Nullable Double brier,
        @Nullable Double slope,
        @Nullable Double intercept,
        List<Bin> bins) {

    private static final int BINS = 10;

    /** How many fell into a tenth of the scale, their mean prediction, and the share that was positive. */
    public record Bin(
            int windows,
            @Nullable Double predicted,
            @Nullable Double observed) {}

    public static Reliability of(List<? extends Prediction> scored) {
        int[] count = new int[BINS];
        double[] predicted = new double[BINS];
        double[] observed = new double[BINS];
        for (Prediction one : scored) {
            int bin = Math.min(BINS - 1, (int) (one.probability() * BINS));
            count[bin]++;
            predicted[bin] += one.probability();
            observed[bin] += one.positive() ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(
                    count[i], Estimate.rounded(predicted[i] / count[i]), Estimate.rounded(observed[i] / count[i])));
        }
        return new Reliability(
                Estimate.rounded(brier(scored, one -> 1)),
                Estimate.rounded(LogitLine.fit(scored, one -> 1).slope()),
                Estimate.rounded(LogitLine.inTheLarge(scored, one -> 1)),
                bins);
    }

    public static <P extends Prediction> double brier(List<P> scored, ToDoubleFunction<? super P> weight) {
        double squared = 0;
        double total = 0;
        for (P one : scored) {
            double error = one.probability() - (one.positive() ? 1 : 0);
            squared += weight.applyAsDouble(one) * error * error;
            total += weight.applyAsDouble(one);
        }
        return squared / total;
    }
}
