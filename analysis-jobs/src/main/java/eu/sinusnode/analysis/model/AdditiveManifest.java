package eu.sinusnode.analysis.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What ships beside the file of an additive model and is checked before it is used.
 *
 * @param id such as {@code coronary-bedside-logistic}
 * @param sha256 of the model file and of all else that stands here, as {@link ModelFiles#hash} computes it
 * @param inputs the columns it was trained on, in order
 * @param required inputs without which no probability is given
 * @param means of the training rows; what a missing input counts as
 * @param threshold probability from which a row is called
 * @param synthetic true when it was trained on simulated patients alone; then nothing it says is known of real ones
 */
@JsonPropertyOrder({"id", "version", "algorithm", "sha256", "synthetic", "inputs", "required", "means", "calibration"})
public record AdditiveManifest(
        String id,
        String version,
        String algorithm,
        String sha256,
        boolean synthetic,
        List<String> inputs,
        List<String> required,
        List<Double> means,
        Calibration calibration,
        double threshold,
        TrainingData trainingData)
        implements SignedManifest {

    /** The same with the hash that makes it vouch for {@code file} and for itself. */
    public AdditiveManifest signedFor(byte[] file) {
        return withSha256(ModelFiles.hash(file, this));
    }

    @Override
    public AdditiveManifest withSha256(String hash) {
        return new AdditiveManifest(
                id, version, algorithm, hash, synthetic, inputs, required, means, calibration, threshold, trainingData);
    }

    /** Calibrated log-odds are {@code intercept + slope * log-odds of the regression} (Platt 1999). */
    public record Calibration(double intercept, double slope) {}

    /**
     * Where the model comes from.
     *
     * @param sha256 of the uncompressed table
     * @param rowsSha256 of the rows as they were understood, in an order of their own: the same for a table with the same
     *     rows that is written in another way
     */
    @JsonPropertyOrder({"name", "licence", "sha256", "rowsSha256", "patients", "rows", "positives"})
    public record TrainingData(
            String name, String licence, String sha256, String rowsSha256, int patients, int rows, int positives) {}
}
