package eu.sinusnode.analysis.training.tabular;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import eu.sinusnode.analysis.training.evaluation.Reliability;
import eu.sinusnode.analysis.training.evaluation.Threshold;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation measured; the last line that {@code model evaluate} prints.
 *
 * @param split {@code nested cross-validation}, or {@code other-data} when the shipped model met rows that it was not
 *     trained on
 * @param n rows that were scored
 * @param notComputable of these, rows that lack an input without which the job gives no probability
 * @param brierUncalibrated of the regression's own probabilities
 * @param missing share of rows that lack a finding
 * @param refused by finding, values that cannot be and count as missing
 * @param comparison this model, and rivals on the same rows and splits; empty for other data
 * @param withoutFindings the same models on the same rows, with findings taken away
 * @param weights of the shipped model, on the calibrated log-odds
 * @param ridges that were chosen, one for each outer fold
 */
@JsonPropertyOrder({
    "name",
    "model",
    "version",
    "modelSha256",
    "dataSha256",
    "split",
    "synthetic",
    "threshold",
    "n",
    "patients",
    "positives",
    "auc",
    "sensitivity",
    "specificity",
    "brier",
    "brierUncalibrated",
    "calibrationSlope",
    "calibrationIntercept"
})
public record TabularFigures(
        String name,
        String model,
        String version,
        String modelSha256,
        String dataSha256,
        String split,
        boolean synthetic,
        double threshold,
        int n,
        int patients,
        int positives,
        Estimate auc,
        Estimate sensitivity,
        Estimate specificity,
        Estimate brier,
        @Nullable Double brierUncalibrated,
        Estimate calibrationSlope,
        Estimate calibrationIntercept,
        int notComputable,
        int unlabelled,
        Map<String, @Nullable Double> missing,
        Map<String, Integer> refused,
        List<Rival> comparison,
        List<Subgroup> subgroups,
        List<Threshold> thresholds,
        List<Without> withoutFindings,
        Reliability calibration,
        List<Weight> weights,
        Map<String, Integer> ridges,
        List<String> notes) {

    /** @param aucDifference its AUC less that of this model, on the same resamples */
    public record Rival(
            String model,
            Estimate auc,
            Estimate aucDifference,
            @Nullable Double brier) {}

    /** Rows of some patients. */
    public record Subgroup(
            String group,
            int n,
            int positives,
            Estimate auc,
            Estimate sensitivity,
            Estimate specificity,
            @Nullable Double calibrationIntercept) {}

    /** With findings taken away. */
    public record Without(
            String findings,
            Estimate auc,
            @Nullable Double brier,
            @Nullable Double sensitivity,
            @Nullable Double specificity) {}

    /** What one unit of an input adds to the log-odds. @param mean of the training rows, which adds nothing */
    public record Weight(
            String input, @Nullable Double weight, @Nullable Double mean) {}
}
