package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    private final Formats formats = new Formats();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/fhir+xml",
                "application/json",
                "application/xml",
                "text/json",
                "text/xml",
                "Application/FHIR+JSON; charset=UTF-8",
                "application/fhir+json;fhirVersion=4.0",
                "application/fhir+xml; fhirVersion=\"4.0.1\""
            })
    void whatIsFhirIsReadAndGiven(String type) {
        assertThat(formats.isRead(type)).isTrue();
        assertThat(accepts(type)).isTrue();
        assertThat(asksFor(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "text/plain",
                "text/html",
                "text/turtle",
                "application/fhir+turtle",
                "application/fhir+ndjson",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "application/json-patch+json",
                "application/fhir+json;fhirVersion=3.0",
                "application/fhir+xml; fhirVersion=5.0",
                "application/fhir+json;fhirVersion=",
                "charset=utf-8",
                ";application/fhir+json"
            })
    void nothingElse(String type) {
        assertThat(formats.isRead(type)).isFalse();
        assertThat(accepts(type)).isFalse();
        assertThat(asksFor(type)).isFalse();
    }

    @Test
    void aBodySaysWhatItIs() {
        assertThat(formats.isRead(null)).isFalse();
        assertThat(formats.isRead("*/*")).isFalse();
    }

    @Test
    void oneOfTheAcceptedFormatsIsEnough() {
        assertThat(formats.isGiven(List.of(), List.of())).isTrue();
        assertThat(accepts("*/*")).isTrue();
        assertThat(accepts("text/html, application/xhtml+xml, */*;q=0.8")).isTrue();
        assertThat(accepts("text/html;q=0.9, application/fhir+xml;q=0.001")).isTrue();
        assertThat(formats.isGiven(List.of(), List.of("text/turtle", "application/fhir+json")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json;q=0",
                "application/fhir+json; q=0.000",
                "*/*;q=0.0",
                "application/fhir+json;q=-1",
                "application/fhir+json;q=2",
                "application/fhir+json;q=x",
                "image/*"
            })
    void whatHasNoWeightIsNotAccepted(String accept) {
        assertThat(accepts(accept)).isFalse();
    }

    @Test
    void theParameterComesBeforeTheHeader() {
        assertThat(formats.isGiven(List.of("json"), List.of("image/png"))).isTrue();
        assertThat(formats.isGiven(List.of("xml"), List.of("image/png"))).isTrue();
        assertThat(formats.isGiven(List.of("application/fhir json"), List.of()))
                .as("a plus sign that nobody escaped")
                .isTrue();
        assertThat(formats.isGiven(List.of("turtle"), List.of("application/fhir+json")))
                .isFalse();
        assertThat(formats.isGiven(List.of("json", "turtle"), List.of())).isFalse();
        assertThat(formats.isGiven(List.of("*/*"), List.of())).isFalse();
    }

    private boolean accepts(String header) {
        return formats.isGiven(List.of(), List.of(header));
    }

    private boolean asksFor(String format) {
        return formats.isGiven(List.of(format), List.of());
    }
}
