package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eu.sinusnode.analysis.model.WekaRuntime;
import eu.sinusnode.analysis.training.study.ModelStudy;
import eu.sinusnode.analysis.training.study.Studies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, describes, trains and evaluates the models. Progress goes to the error stream, results to the output. */
@Command(
        name = "model",
        description = "The models that ship with the jobs: list, card, train, evaluate.",
        mixinStandardHelpOptions = true)
public final class ModelCommand implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StepLine progress = new StepLine(System.err, Boolean.getBoolean("sinusnode.terminal"));

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: list, card, train, evaluate");
    }

    @Command(
            name = "list",
            description = "What models there are, with version, hash and data.",
            mixinStandardHelpOptions = true)
    int list() throws IOException {
        for (ModelStudy study : Studies.all()) {
            JsonNode manifest = Studies.manifest(study);
            System.out.printf(
                    "%-15s %-30s %-6s %s%n",
                    study.name(),
                    study.modelId(),
                    manifest.path("version").asText(),
                    manifest.path("sha256").asText());
            System.out.printf("%-15s %s; trained on: %s%n", "", study.title(), study.source());
        }
        return 0;
    }

    @Command(
            name = "card",
            description = "The card of a model, in Markdown, with the figures that were measured.",
            mixinStandardHelpOptions = true)
    int card(@Parameters(paramLabel = "MODEL", description = "a name from the list") String model) throws IOException {
        System.out.print(Studies.card(Studies.named(model)));
        return 0;
    }

    @Command(
            name = "train",
            description = "Train a model; the same data gives the same bytes. Writes the model file and its manifest.",
            mixinStandardHelpOptions = true)
    int train(
            @Parameters(paramLabel = "MODEL", description = "a name from the list") String model,
            @Option(names = "--data", paramLabel = "FILE", description = "table, plain or gzip") @Nullable Path data,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write") Path out)
            throws IOException {
        WekaRuntime.prepare();
        ModelStudy.Trained trained = Studies.named(model).train(data, progress);
        progress.end();
        Files.createDirectories(out);
        for (Map.Entry<String, byte[]> file : trained.files().entrySet()) {
            Files.write(out.resolve(file.getKey()), file.getValue());
        }
        System.out.println(JSON.writeValueAsString(trained.summary()));
        return 0;
    }

    @Command(
            name = "evaluate",
            description = "Measure the shipped model: out of fold on the data it was trained on, as it is on any other."
                    + " Without data, the figures it ships with. The last line is one JSON object.",
            mixinStandardHelpOptions = true)
    int evaluate(
            @Parameters(paramLabel = "MODEL", description = "a name from the list") String model,
            @Option(names = "--data", paramLabel = "FILE", description = "table, plain or gzip") @Nullable Path data,
            @Option(names = "--out", paramLabel = "DIR", description = "also write figures.json and pictures here")
                    @Nullable
                    Path out)
            throws IOException {
        WekaRuntime.prepare();
        ModelStudy study = Studies.named(model);
        if (data == null && study.needsData()) {
            System.err.println("No --data: these are the figures that the model was shipped with, not measured now.");
            System.out.println(JSON.writeValueAsString(Studies.figures(study)));
            return 0;
        }
        ModelStudy.Measured measured = study.evaluate(data, progress);
        progress.end();
        if (out != null) {
            Files.createDirectories(out);
            ObjectMapper indented = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);
            Files.writeString(out.resolve("figures.json"), indented.writeValueAsString(measured.figures()) + "\n");
            for (Map.Entry<String, String> picture : measured.pictures().entrySet()) {
                Files.writeString(out.resolve(picture.getKey()), picture.getValue(), StandardCharsets.UTF_8);
            }
        }
        System.out.println(JSON.writeValueAsString(measured.figures()));
        return 0;
    }
}
