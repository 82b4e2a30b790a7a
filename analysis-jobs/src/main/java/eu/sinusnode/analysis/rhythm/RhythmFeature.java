package eu.sinusnode.analysis.rhythm;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The columns of the atrial-fibrillation model, in this order. All are without unit. A shipped model names the columns
 * that it was trained on; a change of a definition here needs a new model version.
 */
public enum RhythmFeature {
    /** {@code ln(nRMSSD + 0.005)}: beat-to-beat irregularity; the logarithm keeps one ectopic beat from deciding. */
    LN_NRMSSD("ln-nrmssd", "beat-to-beat variation", rr -> StrictMath.log(RrStatistics.normalisedRmssd(rr) + 0.005)),
    /** {@link RrStatistics#turningPointRatio}. */
    TURNING_POINT_RATIO("turning-point-ratio", "changes of direction", RrStatistics::turningPointRatio),
    /** {@link RrStatistics#shannonEntropy}. */
    SHANNON_ENTROPY("shannon-entropy", "spread of interval lengths", RrStatistics::shannonEntropy),
    /** {@link RrStatistics#shannonEntropyOfDifferences}. */
    SHANNON_ENTROPY_DIFFERENCES(
            "shannon-entropy-differences",
            "spread of successive differences",
            RrStatistics::shannonEntropyOfDifferences),
    /** {@link RrStatistics#sampleEntropy}. */
    SAMPLE_ENTROPY("sample-entropy", "absence of repeated patterns", RrStatistics::sampleEntropy),
    /** {@link RrStatistics#coefficientOfSampleEntropy}. */
    COSEN("cosen", "irregularity at the heart rate seen", RrStatistics::coefficientOfSampleEntropy);

    private final String column;
    private final String display;
    private final ToDoubleFunction<double[]> definition;

    RhythmFeature(String column, String display, ToDoubleFunction<double[]> definition) {
        this.column = column;
        this.display = display;
        this.definition = definition;
    }

    /** The name in model files, manifests and flags. */
    public String column() {
        return column;
    }

    /** Words for a clinician. */
    public String display() {
        return display;
    }

    /** @param rr the intervals of one window that passed the artefact filter, in ms */
    public double of(double[] rr) {
        return definition.applyAsDouble(rr);
    }

    /** All features of one window, in the order of this enum. */
    public static double[] allOf(double[] rr) {
        return Arrays.stream(values()).mapToDouble(feature -> feature.of(rr)).toArray();
    }

    public static List<String> columns() {
        return Arrays.stream(values()).map(RhythmFeature::column).toList();
    }
}
