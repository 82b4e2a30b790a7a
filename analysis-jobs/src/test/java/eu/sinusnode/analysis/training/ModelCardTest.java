package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.risk.RhythmSeriesRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The model card says what was measured, of the model that ships. */
class ModelCardTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theCardNamesTheShippedModelAndItsFigures() throws IOException {
        String card = Files.readString(Path.of("models/af/MODEL-CARD.md"));
        JsonNode figures = JSON.readTree(ShippedFigures.json());

        assertThat(figures.path("modelSha256").asText())
                .isEqualTo(RhythmModel.shipped().manifest().sha256());
        assertThat(card).contains(figures.path("modelSha256").asText());
        assertThat(card)
                .contains(
                        estimate(figures.path("auc")),
                        estimate(figures.path("sensitivity")),
                        estimate(figures.path("specificity")),
                        estimate(figures.path("specificityLongNormal")),
                        estimate(figures.path("series").path("sensitivity")),
                        estimate(figures.path("series").path("specificity")),
                        estimate(figures.path("series").path("specificityLongNormal")));
        figures.path("windows").path("byRhythm").forEach(count -> assertThat(card)
                .contains(String.format(Locale.ROOT, "%,d", count.asInt())));
        assertThat(card).contains("at least " + Math.round(100 * RhythmSeriesRule.MINIMUM_SHARE) + " %");
    }

    @Test
    void theShippedFiguresAreWhatTheDataGives() throws IOException {
        Path data = Path.of(System.getProperty("sinusnode.shared", ""), "data", "mit-bih-afdb-rr.csv.gz");
        Assumptions.assumeTrue(
                Files.isReadable(data),
                "SKIPPED, NOT PROVEN: the training data is not at " + data + ", so the figures are not measured again");

        RhythmEvaluation evaluation = RhythmEvaluation.of(RhythmModel.shipped(), RhythmTable.read(data));

        assertThat(JSON.<JsonNode>valueToTree(evaluation.figures())).isEqualTo(JSON.readTree(ShippedFigures.json()));
    }

    private static String estimate(JsonNode estimate) {
        return String.format(
                Locale.ROOT,
                "%.4f (%.4f to %.4f)",
                estimate.path("value").asDouble(),
                estimate.path("low").asDouble(),
                estimate.path("high").asDouble());
    }
}
