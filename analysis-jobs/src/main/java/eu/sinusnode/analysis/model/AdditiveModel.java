package eu.sinusnode.analysis.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import weka.classifiers.functions.Logistic;

/**
 * A logistic regression of Weka whose inputs have names, calibrated. Safe for any number of threads: Weka's object is
 * asked for its coefficients once, and scoring is a sum over them.
 */
public final class AdditiveModel {

    private static final String FOLDER = "/eu/sinusnode/analysis/models/";

    private final AdditiveManifest manifest;
    private final AdditiveScore score;
    private final List<Integer> required = new ArrayList<>();

    private AdditiveModel(byte[] file, AdditiveManifest manifest) {
        this.manifest = manifest;
        Logistic model = ModelFiles.read(file, manifest);
        double[] coefficients = IntStream.range(0, model.coefficients().length)
                .mapToDouble(i -> model.coefficients()[i][0])
                .toArray();
        int inputs = manifest.inputs().size();
        if (coefficients.length != inputs + 1 || manifest.means().size() != inputs) {
            throw new ModelRefused("Model %s has %d coefficients and %d means for %d inputs"
                    .formatted(
                            manifest.id(), coefficients.length, manifest.means().size(), inputs));
        }
        double[] weights = new double[inputs];
        System.arraycopy(coefficients, 1, weights, 0, inputs);
        double[] means =
                manifest.means().stream().mapToDouble(Double::doubleValue).toArray();
        this.score = new AdditiveScore(coefficients[0], weights, means, manifest.calibration());
        for (String name : manifest.required()) {
            int index = manifest.inputs().indexOf(name);
            if (index < 0) {
                throw new ModelRefused(
                        "Model %s requires %s, which is none of its inputs".formatted(manifest.id(), name));
            }
            required.add(index);
        }
    }

    /** The model on the class path. @throws ModelRefused when it is not there, or not what its manifest says */
    public static AdditiveModel shipped(String id) {
        try {
            return of(resource(id + ".model"), ModelFiles.readManifest(resource(id + ".json"), AdditiveManifest.class));
        } catch (IOException e) {
            throw new ModelRefused("Model " + id + " cannot be read", e);
        }
    }

    /** @throws ModelRefused when the file is not what the manifest says */
    public static AdditiveModel of(byte[] file, AdditiveManifest manifest) {
        return new AdditiveModel(file.clone(), manifest);
    }

    public AdditiveManifest manifest() {
        return manifest;
    }

    public AdditiveScore score() {
        return score;
    }

    /** This model. @throws ModelRefused when its inputs are others than these, in this order */
    public AdditiveModel requiringInputs(List<String> columns) {
        if (!manifest.inputs().equals(columns)) {
            throw new ModelRefused("Model %s has the inputs %s; the program gives %s"
                    .formatted(manifest.id(), manifest.inputs(), columns));
        }
        return this;
    }

    /** The inputs in the model's order. @param byName those that are there */
    public double[] inputs(Map<String, Double> byName) {
        return manifest.inputs().stream()
                .mapToDouble(name -> byName.getOrDefault(name, Double.NaN))
                .toArray();
    }

    /** False when an input is missing without which the model does not judge. */
    public boolean isComputable(double[] inputs) {
        return required.stream().noneMatch(index -> Double.isNaN(inputs[index]));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AdditiveModel.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new ModelRefused("The program holds no " + name + "; build it again");
            }
            return in.readAllBytes();
        }
    }
}
