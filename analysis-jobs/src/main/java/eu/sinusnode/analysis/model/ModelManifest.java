package eu.sinusnode.analysis.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What ships beside a model file and is checked before it is used.
 *
 * @param id e.g. {@code af-rr-logistic}
 * @param sha256 of the model file and of all else that stands here, as {@link ModelFiles#hash} computes it
 * @param features the columns it was trained on, in order
 * @param featureMeans of the training windows, each record with the same weight: the origin of the contributions
 * @param threshold probability from which a window counts as atrial fibrillation
 * @param windowBeats intervals in a window
 */
@JsonPropertyOrder({"id", "version", "algorithm", "sha256", "features", "featureMeans", "threshold", "windowBeats"})
public record ModelManifest(
        String id,
        String version,
        String algorithm,
        String sha256,
        List<String> features,
        List<Double> featureMeans,
        double threshold,
        int windowBeats,
        TrainingData trainingData)
        implements SignedManifest {

    /** The same with the hash that makes it vouch for {@code file} and for itself. */
    public ModelManifest signedFor(byte[] file) {
        return withSha256(ModelFiles.hash(file, this));
    }

    @Override
    public ModelManifest withSha256(String hash) {
        return new ModelManifest(
                id, version, algorithm, hash, features, featureMeans, threshold, windowBeats, trainingData);
    }

    /**
     * Where the model comes from.
     *
     * @param sha256 of the uncompressed table
     * @param windows that it was trained on
     */
    @JsonPropertyOrder({"name", "licence", "sha256", "records", "windows", "atrialFibrillationWindows"})
    public record TrainingData(
            String name,
            String licence,
            String sha256,
            List<String> records,
            int windows,
            int atrialFibrillationWindows) {}
}
