package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every profile must show by its examples: the valid one is accepted, and each invalid one is refused for the one
 * reason that its file {@code <name>.expected.json} names.
 */
abstract class AbstractProfileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String example;
    private final String canonical;

    /** @param example name of the valid example, and the start of the invalid ones' names */
    AbstractProfileTest(String example, String canonical) {
        this.example = example;
        this.canonical = canonical;
    }

    @Test
    void profileIsImposedThoughTheResourceNamesNone() {
        Resource resource = valid();
        assertThat(resource.getMeta().getProfile()).isEmpty();
        assertThat(ImposedProfiles.of(resource)).containsExactly(canonical);
    }

    @Test
    void validExampleIsAccepted() {
        assertThat(errors(valid())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> invalidExampleIsRefusedForTheNamedReasonAlone() {
        List<Examples.Invalid> invalid = Examples.invalid(example);
        assertThat(invalid).as("invalid examples of " + example).hasSizeGreaterThanOrEqualTo(2);
        return invalid.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> assertRefused(each)));
    }

    private void assertRefused(Examples.Invalid invalid) throws JsonProcessingException {
        JsonNode expected = JSON.readTree(invalid.expected());
        Resource resource = SharedValidator.parse(invalid.json());
        assertThat(ImposedProfiles.of(resource)).containsExactly(canonical);
        assertThat(errors(resource)).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(expected.get("code").asText());
            assertThat(issue.location()).isEqualTo(expected.get("location").asText());
            assertThat(issue.message()).contains(expected.get("text").asText());
        });
    }

    /** A fresh copy of the valid example. */
    final Resource valid() {
        return SharedValidator.parse(Examples.valid(example));
    }

    /** The valid example, changed. */
    final <T extends Resource> T changed(Class<T> type, Consumer<T> change) {
        T resource = type.cast(valid());
        change.accept(resource);
        return resource;
    }

    final List<ValidationIssue> errors(Resource resource) {
        return SharedValidator.VALIDATOR.validate(resource).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }

    /** Codes of the errors, for assertions on one change of the valid example. */
    final List<String> errorCodes(Resource resource) {
        return errors(resource).stream().map(ValidationIssue::code).toList();
    }
}
