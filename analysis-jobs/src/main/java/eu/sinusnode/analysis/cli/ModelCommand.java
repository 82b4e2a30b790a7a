package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.model.WekaRuntime;
import eu.sinusnode.analysis.training.EvaluationFigures;
import eu.sinusnode.analysis.training.RhythmEvaluation;
import eu.sinusnode.analysis.training.RhythmTable;
import eu.sinusnode.analysis.training.RhythmTrainer;
import eu.sinusnode.analysis.training.ShippedFigures;
import eu.sinusnode.analysis.training.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains and evaluates the models that ship. */
@Command(name = "model", description = "Train or evaluate a model that ships with the jobs.")
public final class ModelCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Models that can be named on the command line. */
    enum Model {
        af
    }

    @Command(
            name = "train",
            description = "Train a model; the same data gives the same bytes. Writes the model file and its manifest.")
    int train(
            @Parameters(paramLabel = "MODEL", description = "af: atrial fibrillation from RR intervals") Model model,
            @Option(names = "--data", required = true, paramLabel = "FILE", description = "record,beat_ms,rr_ms,rhythm")
                    Path data,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write") Path out)
            throws IOException {
        WekaRuntime.prepare();
        System.err.println("Reading " + data + " ...");
        TrainingSet set = TrainingSet.of(RhythmTable.read(data));
        System.err.printf(
                "Training on %d windows of %d records ...%n",
                set.windows().size(), set.records().size());
        RhythmTrainer.Trained trained = RhythmTrainer.train(set);
        Files.createDirectories(out);
        Files.write(out.resolve(trained.manifest().id() + ".model"), trained.file());
        Files.writeString(out.resolve(trained.manifest().id() + ".json"), ModelFiles.write(trained.manifest()));
        System.out.printf(
                "{\"model\":\"%s\",\"version\":\"%s\",\"sha256\":\"%s\",\"windows\":%d}%n",
                trained.manifest().id(),
                trained.manifest().version(),
                trained.manifest().sha256(),
                set.windows().size());
        return 0;
    }

    @Command(
            name = "evaluate",
            description =
                    "Measure the shipped model: out of fold on the records it was trained on, as it is on any others."
                            + " Without data, the figures it ships with. The last line is one JSON object.")
    int evaluate(
            @Parameters(paramLabel = "MODEL", description = "af: atrial fibrillation from RR intervals") Model model,
            @Option(names = "--data", paramLabel = "FILE", description = "record,beat_ms,rr_ms,rhythm") @Nullable
                    Path data,
            @Option(names = "--out", paramLabel = "DIR", description = "also write figures.json and roc.svg here")
                    @Nullable
                    Path out)
            throws IOException {
        if (data == null) {
            System.err.println("No --data: these are the figures that the model was shipped with, not measured now.");
            System.out.println(JSON.writeValueAsString(JSON.readTree(ShippedFigures.json())));
            return 0;
        }
        System.err.println("Reading " + data + " ...");
        RhythmEvaluation evaluation = RhythmEvaluation.of(RhythmModel.shipped(), RhythmTable.read(data));
        System.err.println("Measuring with a bootstrap over records ...");
        EvaluationFigures figures = evaluation.figures();
        if (out != null) {
            Files.createDirectories(out);
            ObjectMapper indented = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);
            Files.writeString(out.resolve("figures.json"), indented.writeValueAsString(figures) + "\n");
            Files.writeString(out.resolve("roc.svg"), evaluation.rocSvg());
        }
        System.out.println(JSON.writeValueAsString(figures));
        return 0;
    }
}
