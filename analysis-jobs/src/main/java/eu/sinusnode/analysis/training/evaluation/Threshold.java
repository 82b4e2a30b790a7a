package eu.sinusnode.analysis.training.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a threshold brings and costs.
 *
 * @param predictiveValue share of the called that is positive, at the data's own prevalence
 * @param alertsPer100 how many of a hundred rows are called
 */
@JsonPropertyOrder({"threshold", "sensitivity", "specificity", "predictiveValue", "alertsPer100"})
public record Threshold(
        double threshold,
        @Nullable Double sensitivity,
        @Nullable Double specificity,
        @Nullable Double predictiveValue,
        @Nullable Double alertsPer100) {

    /** One for each of {@code thresholds}. */
    public static List<Threshold> table(List<? extends Prediction> scored, double... thresholds) {
        List<Threshold> table = new ArrayList<>();
        for (double threshold : thresholds) {
            table.add(of(scored, threshold));
        }
        return table;
    }

    private static Threshold of(List<? extends Prediction> scored, double threshold) {
        double hits = 0;
        double falseAlerts = 0;
        double positives = 0;
        for (Prediction one : scored) {
            boolean called = one.probability() >= threshold;
            positives += one.positive() ? 1 : 0;
            hits += called && one.positive() ? 1 : 0;
            falseAlerts += called && !one.positive() ? 1 : 0;
        }
        double negatives = scored.size() - positives;
        return new Threshold(
                threshold,
                Estimate.rounded(hits / positives),
                Estimate.rounded(1 - falseAlerts / negatives),
                Estimate.rounded(hits / (hits + falseAlerts)),
                Estimate.rounded(100 * (hits + falseAlerts) / scored.size()));
    }
}
