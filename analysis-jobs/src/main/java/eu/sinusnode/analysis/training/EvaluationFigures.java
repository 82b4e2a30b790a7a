package eu.sinusnode.analysis.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import eu.sinusnode.analysis.training.evaluation.Reliability;
import eu.sinusnode.analysis.training.evaluation.Threshold;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation measured; the last line that {@code model evaluate af} prints.
 *
 * @param name as on the command line
 * @param split {@code leave-one-record-out}, or {@code other-records} when the shipped model met records that it was not
 *     trained on
 * @param n windows that were scored; {@code windows} counts all, whatever became of them
 * @param auc pooled over all windows; windows of flutter, junctional, other and mixed rhythm are in
 * @param notes what the data could not tell, as sentences
 */
@JsonPropertyOrder({
    "name",
    "model",
    "version",
    "modelSha256",
    "dataSha256",
    "split",
    "records",
    "windowBeats",
    "threshold",
    "n",
    "positives",
    "auc",
    "sensitivity",
    "specificity",
    "specificityLongNormal",
    "brier",
    "calibrationSlope",
    "calibrationIntercept"
})
public record EvaluationFigures(
        String name,
        String model,
        String version,
        String modelSha256,
        String dataSha256,
        String split,
        List<String> records,
        int windowBeats,
        double threshold,
        int n,
        int positives,
        Estimate auc,
        Estimate sensitivity,
        Estimate specificity,
        Estimate specificityLongNormal,
        @Nullable Double brier,
        @Nullable Double calibrationSlope,
        @Nullable Double calibrationIntercept,
        WindowCounts windows,
        Flutter flutter,
        Map<String, @Nullable Double> shareAboveThresholdByRhythm,
        List<Threshold> thresholds,
        Reliability calibration,
        SeriesFigures series,
        List<Robustness> robustness,
        List<RecordFigures> perRecord,
        List<String> notes) {

    /**
     * @param usable windows that were scored
     * @param unusable refused by the artefact filter
     * @param positive majority of beats AFIB, mixed windows with such a majority among them
     * @param byRhythm usable windows by rhythm, under the data's own names; MIXED holds more than one
     * @param mixedPositive of the mixed ones, those that count as positive
     * @param beatsLeftOut beats of the table without an interval or a rhythm
     */
    @JsonPropertyOrder({"usable", "unusable", "positive", "byRhythm", "mixedPositive", "longNormal", "beatsLeftOut"})
    public record WindowCounts(
            int usable,
            int unusable,
            int positive,
            Map<String, Integer> byRhythm,
            int mixedPositive,
            int longNormal,
            int beatsLeftOut) {}

    /** The same figures with windows of mostly atrial flutter left out, and counted as positive. Above they are negative. */
    public record Flutter(
            int windows,
            @Nullable Double aucWithout,
            @Nullable Double specificityWithout,
            @Nullable Double aucAsPositive,
            @Nullable Double sensitivityAsPositive) {}

    /**
     * Five-minute recordings under the series rule.
     *
     * @param positive recordings with a majority of positive windows
     * @param notScorable recordings with too few usable windows
     */
    @JsonPropertyOrder({"minutes", "scorable", "notScorable", "positive", "sensitivity", "specificity"})
    public record SeriesFigures(
            int minutes,
            int scorable,
            int notScorable,
            int positive,
            Estimate sensitivity,
            Estimate specificity,
            Estimate specificityLongNormal) {}

    /** The same models on records that were changed as {@code change} says. */
    public record Robustness(
            String change,
            @Nullable Double auc,
            @Nullable Double sensitivity,
            @Nullable Double specificity) {}

    /** One record's windows at the threshold. */
    public record RecordFigures(
            String record,
            int windows,
            int positive,
            @Nullable Double sensitivity,
            @Nullable Double specificity,
            @Nullable Double auc) {}
}
