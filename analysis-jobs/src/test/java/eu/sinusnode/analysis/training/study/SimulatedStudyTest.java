package eu.sinusnode.analysis.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.model.AdditiveModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedStudyTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"pressure", "decompensation"})
    void theSimulatedTableIsWrittenAndTrainsTheSameModelWhenItIsReadAgain(String name) throws IOException {
        ModelStudy study = Studies.named(name);
        Map<String, byte[]> made = study.train(null, (work, done, of) -> {}).files();
        Path table =
                Files.write(directory.resolve("table.csv"), Objects.requireNonNull(made.get(study.modelId() + ".csv")));

        Map<String, byte[]> again = study.train(table, (work, done, of) -> {}).files();

        assertThat(again.get(study.modelId() + ".model")).isEqualTo(made.get(study.modelId() + ".model"));
        assertThat(rows(again, study)).isEqualTo(rows(made, study));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pressure", "decompensation"})
    void whatIsSimulatedIsCalledSoEverywhere(String name) throws IOException {
        ModelStudy study = Studies.named(name);

        assertThat(AdditiveModel.shipped(study.modelId()).manifest().synthetic())
                .isTrue();
        assertThat(Studies.figures(study).path("synthetic").asBoolean()).isTrue();
        assertThat(study.title()).contains("(synthetic)");
        assertThat(Studies.card(study)).contains("(synthetic)", "Nothing it says is known of real ones");
    }

    private static String rows(Map<String, byte[]> files, ModelStudy study) throws IOException {
        JsonNode manifest = new ObjectMapper().readTree(Objects.requireNonNull(files.get(study.modelId() + ".json")));
        return manifest.path("trainingData").path("rowsSha256").asText();
    }
}
