package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.training.study.ModelStudy;
import eu.sinusnode.analysis.training.study.Studies;
import eu.sinusnode.analysis.watch.TrainingReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains and measures every model again, which takes about a minute of processor time: no test of the fast ring. */
class ModelsMeasuredAgainIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FILES =
            Map.of("af", "mit-bih-afdb-rr.csv.gz", "coronary", "uci-heart-cleveland.csv");

    static Iterable<ModelStudy> studies() {
        return Studies.all();
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theShippedModelFiguresAndPicturesAreWhatTheDataGives(ModelStudy study) throws IOException {
        Path data = data(study);

        ModelStudy.Trained trained = study.train(data, (work, done, of) -> {});
        ModelStudy.Measured measured = study.evaluate(data, (work, done, of) -> {});

        assertThat(JSON.readTree(Objects.requireNonNull(trained.files().get(study.modelId() + ".json"))))
                .isEqualTo(Studies.manifest(study));
        byte[] reference = trained.files().get(study.modelId() + ".reference.json");
        if (reference != null) {
            // Read back, since a number that was never text is of another kind.
            assertThat(JSON.readTree(JSON.writeValueAsBytes(TrainingReference.of(study.modelId()))))
                    .isEqualTo(JSON.readTree(reference));
        }
        assertThat(JSON.<JsonNode>valueToTree(measured.figures())).isEqualTo(Studies.figures(study));
        measured.pictures().forEach((name, picture) -> assertThat(Path.of("models", study.name(), name))
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent(picture));
    }

    private static @Nullable Path data(ModelStudy study) {
        if (!study.needsData()) {
            return null;
        }
        Path data = Path.of(System.getProperty("sinusnode.shared", ""), "data", FILES.get(study.name()));
        Assumptions.assumeTrue(
                Files.isReadable(data),
                "SKIPPED, NOT PROVEN: the training data is not at " + data + ", so nothing is measured again");
        return data;
    }
}
