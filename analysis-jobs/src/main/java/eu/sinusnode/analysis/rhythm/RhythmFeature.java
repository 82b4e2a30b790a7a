package eu.sinusnode.analysis.rhythm;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The columns of the atrial-fibrillation model, in this order. All are without unit. A shipped model names the columns
 * that it was trained on; a change of a definition here needs a new model version.
 *
 * <p>Each of them rises with irregularity and has a positive weight: what a flag says of one feature can be read without
 * the others. More features that say nearly the same gave no better figures, and weights of either sign.
 */
public enum RhythmFeature {
    /** {@link RrStatistics#turningPointRatio}. */
    TURNING_POINT_RATIO("turning-point-ratio", "changes of direction", RrStatistics::turningPointRatio),
    /** {@link RrStatistics#shannonEntropy}. */
    SHANNON_ENTROPY("shannon-entropy", "spread of interval lengths", RrStatistics::shannonEntropy),
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
