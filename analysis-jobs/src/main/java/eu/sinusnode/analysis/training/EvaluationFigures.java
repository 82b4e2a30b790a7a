package eu.sinusnode.analysis.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation measured; the last line that {@code model evaluate} prints.
 *
 * @param split {@code leave-one-record-out}, or {@code other-records} when the shipped model met records that it was not
 *     trained on
 * @param windows counts of all windows, whatever became of them
 * @param auc pooled over all windows; windows of flutter, junctional and mixed rhythm are in
 */
@JsonPropertyOrder({
    "model",
    "version",
    "modelSha256",
    "dataSha256",
    "split",
    "records",
    "windowBeats",
    "threshold",
    "auc",
    "sensitivity",
    "specificity",
    "specificityLongNormal"
})
public record EvaluationFigures(
        String model,
        String version,
        String modelSha256,
        String dataSha256,
        String split,
        List<String> records,
        int windowBeats,
        double threshold,
        Estimate auc,
        Estimate sensitivity,
        Estimate specificity,
        Estimate specificityLongNormal,
        WindowCounts windows,
        Flutter flutter,
        Map<String, @Nullable Double> shareAboveThresholdByRhythm,
        Calibration calibration,
        SeriesFigures series,
        List<RecordFigures> perRecord) {

    /**
     * @param usable windows that were scored
     * @param unusable refused by the artefact filter
     * @param positive majority of beats AFIB, mixed windows with such a majority among them
     * @param byRhythm usable windows by rhythm; MIXED holds more than one
     * @param mixedPositive of the mixed ones, those that count as positive
     */
    @JsonPropertyOrder({"usable", "unusable", "positive", "byRhythm", "mixedPositive", "longNormal"})
    public record WindowCounts(
            int usable, int unusable, int positive, Map<String, Integer> byRhythm, int mixedPositive, int longNormal) {}

    /** The same figures with windows of mostly atrial flutter left out, and counted as positive. Above they are negative. */
    public record Flutter(
            int windows,
            @Nullable Double aucWithout,
            @Nullable Double specificityWithout,
            @Nullable Double aucAsPositive,
            @Nullable Double sensitivityAsPositive) {}

    /**
     * @param brier mean squared error of the probability
     * @param bins ten bins of predicted probability: how many windows, mean prediction, observed share
     */
    public record Calibration(@Nullable Double brier, List<Bin> bins) {}

    /** One bin of {@link Calibration}. */
    public record Bin(
            int windows,
            @Nullable Double predicted,
            @Nullable Double observed) {}

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

    /** One record's windows at the threshold. */
    public record RecordFigures(
            String record,
            int windows,
            int positive,
            @Nullable Double sensitivity,
            @Nullable Double specificity,
            @Nullable Double auc) {}
}
