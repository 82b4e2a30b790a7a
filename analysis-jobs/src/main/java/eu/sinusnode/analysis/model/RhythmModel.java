package eu.sinusnode.analysis.model;

import eu.sinusnode.analysis.rhythm.RhythmFeature;
import eu.sinusnode.analysis.rhythm.RrWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import weka.classifiers.functions.Logistic;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/**
 * The probability that a window of RR intervals is atrial fibrillation. Safe for any number of threads: Weka's Logistic
 * is not, so each thread scores on a copy of its own.
 */
public final class RhythmModel {

    /** The class that the model calls atrial fibrillation, and the other one. */
    public static final List<String> CLASSES = List.of("atrial-fibrillation", "other");

    private static final String RESOURCE = "/eu/sinusnode/analysis/models/af-rr-logistic";

    static {
        WekaRuntime.prepare();
    }

    private final ModelManifest manifest;
    private final double[] coefficients;
    private final double[] means;
    private final ThreadLocal<Scorer> scorers;

    private record Scorer(Logistic model, Instances header) {}

    private RhythmModel(byte[] file, ModelManifest manifest) {
        this.manifest = manifest;
        Logistic model = ModelFiles.read(file, manifest);
        if (!manifest.features().equals(RhythmFeature.columns()) || manifest.windowBeats() != RrWindow.BEATS) {
            throw new ModelRefused(
                    "Model %s %s was trained on other features than this program computes; train it again"
                            .formatted(manifest.id(), manifest.version()));
        }
        this.coefficients = column(model.coefficients());
        this.means = manifest.featureMeans().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (coefficients.length != means.length + 1) {
            throw new ModelRefused("Model %s has %d coefficients for %d features"
                    .formatted(manifest.id(), coefficients.length, means.length));
        }
        this.scorers = ThreadLocal.withInitial(() -> new Scorer(ModelFiles.read(file, manifest), header()));
    }

    /** The model on the class path. @throws ModelRefused when it is not what its manifest says */
    public static RhythmModel shipped() {
        return of(resource(".model"), ModelFiles.readManifest(resource(".json"), ModelManifest.class));
    }

    /** @throws ModelRefused when the file is not what the manifest says */
    public static RhythmModel of(byte[] file, ModelManifest manifest) {
        return new RhythmModel(file.clone(), manifest);
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** @param features of one window, in the order of {@link RhythmFeature} */
    public double probability(double[] features) {
        Scorer scorer = Objects.requireNonNull(scorers.get());
        DenseInstance instance = new DenseInstance(1, Arrays.copyOf(features, features.length + 1));
        instance.setDataset(scorer.header());
        instance.setClassMissing();
        try {
            return scorer.model().distributionForInstance(instance)[0];
        } catch (Exception e) {
            throw new IllegalStateException("Model %s could not score a window".formatted(manifest.id()), e);
        }
    }

    /**
     * What each feature adds to the log-odds, compared with the average training window. Their sum and {@link
     * #baseLogOdds} is the log-odds of {@link #probability}.
     */
    public double[] contributions(double[] features) {
        double[] contributions = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            contributions[i] = coefficients[i + 1] * (features[i] - means[i]);
        }
        return contributions;
    }

    /** Log-odds of a window whose features are the training windows' means. */
    public double baseLogOdds() {
        double sum = coefficients[0];
        for (int i = 0; i < means.length; i++) {
            sum += coefficients[i + 1] * means[i];
        }
        return sum;
    }

    /** An empty table with the model's columns; the class is the last one. */
    public static Instances header() {
        ArrayList<Attribute> attributes = new ArrayList<>();
        RhythmFeature.columns().forEach(column -> attributes.add(new Attribute(column)));
        attributes.add(new Attribute("rhythm", CLASSES));
        Instances header = new Instances("af-rr", attributes, 0);
        header.setClassIndex(attributes.size() - 1);
        return header;
    }

    private static double[] column(double[][] coefficients) {
        double[] column = new double[coefficients.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = coefficients[i][0];
        }
        return column;
    }

    private static InputStream open(String suffix) {
        InputStream in = RhythmModel.class.getResourceAsStream(RESOURCE + suffix);
        if (in == null) {
            throw new ModelRefused("The program holds no " + RESOURCE + suffix + "; build it again");
        }
        return in;
    }

    private static byte[] resource(String suffix) {
        try (InputStream in = open(suffix)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped model cannot be read", e);
        }
    }
}
