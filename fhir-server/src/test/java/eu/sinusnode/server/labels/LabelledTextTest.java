package eu.sinusnode.server.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import eu.sinusnode.policy.consent.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resourceType\":\"X\",\"meta\":{},\"v\":1.50} | {\"resourceType\":\"X\",\"meta\":{\"security\":[R]},\"v\":1.50}",
                "{\"meta\":{\"profile\":[\"p\"]}} | {\"meta\":{\"security\":[R],\"profile\":[\"p\"]}}",
                "{\"meta\":{\"profile\":[\"p\"],\"security\":[{\"code\":\"V\"}]}} | {\"meta\":{\"profile\":[\"p\"],\"security\":[R,{\"code\":\"V\"}]}}",
                "{\"text\":\"{\\\"meta\\\":{\",\"meta\":{\"tag\":[{\"code\":\"ü\"}]}} | {\"text\":\"{\\\"meta\\\":{\",\"meta\":{\"security\":[R],\"tag\":[{\"code\":\"ü\"}]}}",
                "{\"contained\":[{\"meta\":{\"security\":[{\"code\":\"V\"}]}}],\"meta\":{}} | {\"contained\":[{\"meta\":{\"security\":[{\"code\":\"V\"}]}}],\"meta\":{\"security\":[R]}}",
                "{\"id\":\"1\"} | {\"meta\":{\"security\":[R]},\"id\":\"1\"}",
                "{} | {\"meta\":{\"security\":[R]}}",
            })
    void everyOtherCharacterStays(String json, String labelled) {
        assertThat(LabelledText.with(json, List.of(new Code("s", "R"))))
                .isEqualTo(labelled.replace("[R", "[{\"system\":\"s\",\"code\":\"R\"}"));
    }

    @Test
    void severalLabelsStandBesideEachOther() {
        assertThat(LabelledText.with("{\"meta\":{}}", List.of(new Code("s", "R"), new Code("s", "H\"IV"))))
                .isEqualTo("{\"meta\":{\"security\":[{\"system\":\"s\",\"code\":\"R\"},"
                        + "{\"system\":\"s\",\"code\":\"H\\\"IV\"}]}}");
    }

    @Test
    void whatIsNoRecordIsNotWrittenInto() {
        assertThatIllegalStateException().isThrownBy(() -> LabelledText.with("[]", List.of(new Code("s", "R"))));
    }
}
