package eu.sinusnode.analysis.training.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ModelCardRenderTest {

    private static final String FIGURES = """
            {"n": 12089, "share": 0.0313, "auc": {"value": 0.9885, "low": 0.9717, "high": 0.9983},
             "alone": {"value": 0.5, "low": null, "high": null}, "none": null, "hair": -0.0034, "rows": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]}
            """;

    @Test
    void figuresStandInTheFormThatTheTextAsksFor() throws JsonProcessingException {
        assertThat(render("{{n}} {{share:%}} {{share:2}} {{rows.1.a}} {{none}}"))
                .isEqualTo("12,089 3.1 % 0.03 y –");
    }

    @Test
    void anIntervalFollowsItsValueWhereThereIsOne() throws JsonProcessingException {
        assertThat(render("{{auc}}; {{alone:2}}")).isEqualTo("0.9885 (0.9717 to 0.9983); 0.50");
    }

    @Test
    void aTableHasARowForEachEntry() throws JsonProcessingException {
        assertThat(render("{{table rows|A=a|B=b}}")).isEqualTo("| A | B |\n|---|---|\n| x | 1 |\n| y | 2 |");
    }

    @Test
    void aFigureThatWasNotMeasuredCannotBeNamed() {
        assertThatThrownBy(() -> render("{{auc.median}}")).hasMessageContaining("no auc.median");
    }

    private static String render(String template) throws JsonProcessingException {
        JsonNode figures = new ObjectMapper().readTree(FIGURES);
        return ModelCard.render(template, figures);
    }
}
