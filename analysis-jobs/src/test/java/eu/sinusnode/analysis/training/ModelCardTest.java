package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.risk.RhythmSeriesRule;
import eu.sinusnode.analysis.training.study.ModelStudy;
import eu.sinusnode.analysis.training.study.Studies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed cards say what was measured, of the models that ship. {@link ModelsMeasuredAgainIT} measures again. */
class ModelCardTest {

    static Iterable<ModelStudy> studies() {
        return Studies.all();
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theCommittedCardIsWhatTheShippedFiguresGive(ModelStudy study) throws IOException {
        Path card = Path.of("models", study.name(), "MODEL-CARD.md");
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(card, Studies.card(study));
        }

        assertThat(card).hasContent(Studies.card(study));
        assertThat(Studies.figures(study).path("modelSha256").asText())
                .isEqualTo(Studies.manifest(study).path("sha256").asText());
    }

    @Test
    void theCardOfTheRhythmModelTellsTheRuleThatTheJobUses() throws IOException {
        assertThat(Studies.card(Studies.named("af")))
                .contains("at least " + Math.round(100 * RhythmSeriesRule.MINIMUM_SHARE) + " %");
    }
}
