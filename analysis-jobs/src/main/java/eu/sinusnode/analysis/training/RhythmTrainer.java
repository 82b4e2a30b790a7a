package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.model.ModelManifest;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.rhythm.RhythmFeature;
import eu.sinusnode.analysis.rhythm.RrWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weka.classifiers.functions.Logistic;
import weka.core.DenseInstance;
import weka.core.Instances;

/**
 * Trains the atrial-fibrillation model: Weka's ridge logistic regression on the features of {@link RhythmFeature}, each
 * record with the same weight. The same windows give the same bytes; nothing is drawn at random.
 */
public final class RhythmTrainer {

    static final String ID = "af-rr-logistic";
    static final String VERSION = "1.0.0";
    /** Fixed before the figures were seen: the model is fitted to give probabilities, and one half is their middle. */
    static final double THRESHOLD = 0.5;

    private static final double RIDGE = 1.0;

    /** @param file the model file that {@code manifest} vouches for */
    public record Trained(byte[] file, ModelManifest manifest) {}

    private RhythmTrainer() {}

    /** @throws IllegalArgumentException unless there are windows of both kinds */
    public static Trained train(TrainingSet set) {
        byte[] file = ModelFiles.write(fit(set.windows()));
        int positives =
                (int) set.windows().stream().filter(LabelledWindow::positive).count();
        ModelManifest manifest = new ModelManifest(
                ID,
                VERSION,
                "weka.classifiers.functions.Logistic, ridge %s, equal weight a record".formatted(RIDGE),
                "",
                RhythmFeature.columns(),
                means(set.windows()),
                THRESHOLD,
                RrWindow.BEATS,
                new ModelManifest.TrainingData(
                        "MIT-BIH Atrial Fibrillation Database, PhysioNet",
                        "ODC Attribution License v1.0",
                        set.dataSha256(),
                        set.records(),
                        set.windows().size(),
                        positives));
        return new Trained(file, manifest.signedFor(file));
    }

    static Logistic fit(List<LabelledWindow> windows) {
        if (windows.stream().map(LabelledWindow::positive).distinct().count() < 2) {
            throw new IllegalArgumentException(
                    "Training needs windows with and without atrial fibrillation; the data holds one kind only");
        }
        Instances table = RhythmModel.header();
        double[] weights = TrainingSet.recordWeights(windows);
        for (int i = 0; i < weights.length; i++) {
            double[] features = windows.get(i).features();
            double[] row = Arrays.copyOf(features, features.length + 1);
            row[features.length] = windows.get(i).positive() ? 0 : 1;
            table.add(new DenseInstance(weights[i], row));
        }
        Logistic model = new Logistic();
        model.setRidge(RIDGE);
        try {
            model.buildClassifier(table);
        } catch (Exception e) {
            throw new IllegalStateException("The model could not be trained", e);
        }
        return model;
    }

    private static List<Double> means(List<LabelledWindow> windows) {
        double[] weights = TrainingSet.recordWeights(windows);
        List<Double> means = new ArrayList<>();
        for (int feature = 0; feature < RhythmFeature.values().length; feature++) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * windows.get(i).features()[feature];
            }
            means.add(sum / windows.size());
        }
        return means;
    }
}
