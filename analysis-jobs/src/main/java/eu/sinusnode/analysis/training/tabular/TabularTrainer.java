package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveManifest;
import eu.sinusnode.analysis.model.ModelFiles;
import java.util.Arrays;
import java.util.List;

/** Trains the model that ships, on all rows. The same rows in the same order give the same bytes. */
public final class TabularTrainer {

    /** @param file the model file that {@code manifest} vouches for */
    public record Trained(byte[] file, AdditiveManifest manifest) {}

    private TabularTrainer() {}

    /** @throws IllegalArgumentException when the rows are of one kind, or an input never varies */
    public static Trained train(Cases cases, Design design) {
        List<String> names = design.shipped();
        InnerValidation.Chosen chosen =
                InnerValidation.train(cases.rows(), design.indices(names), names, NestedCrossValidation.SEED);
        for (int i = 0; i < names.size(); i++) {
            if (chosen.score().weights()[i] == 0) {
                throw new IllegalArgumentException(
                        "Training needs more than one value of " + names.get(i) + "; without it the model cannot ship");
            }
        }
        byte[] file = ModelFiles.write(chosen.fit().model());
        AdditiveManifest manifest = new AdditiveManifest(
                design.modelId(),
                design.version(),
                "weka.classifiers.functions.Logistic, ridge %s, calibrated by Platt's line".formatted(chosen.ridge()),
                "",
                design.source().synthetic(),
                names,
                design.required(),
                Arrays.stream(chosen.score().means()).boxed().toList(),
                chosen.score().line(),
                design.threshold(),
                new AdditiveManifest.TrainingData(
                        design.source().name(),
                        design.source().licence(),
                        cases.dataSha256(),
                        cases.rowsSha256(),
                        cases.patients().size(),
                        cases.rows().size(),
                        cases.positives()));
        return new Trained(file, manifest.signedFor(file));
    }
}
