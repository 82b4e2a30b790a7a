package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is sent is what the server accepts. */
class ProfileConformanceTest {

    private static final int PATIENTS = 12;

    @TempDir
    Path directory;

    @Test
    void aCohortOfTwelveHasNoError() throws IOException {
        // A week that holds the end of summer time.
        CohortFiles files = Cohorts.generate(new CohortSpec(PATIENTS, 1, 1, CohortSpec.DEFAULT_END), directory);
        FhirContext fhir = FhirContext.forR4Cached();
        ProfileValidator validator = new ProfileValidator(fhir);
        IParser parser = fhir.newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        Map<String, Integer> checked = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        for (Path file : files.sortedBundles()) {
            Bundle bundle = parser.parseResource(Bundle.class, Files.readString(file));
            for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
                Resource resource = entry.getResource();
                checked.merge(resource.fhirType(), 1, Integer::sum);
                validator.validate(resource).stream()
                        .filter(ValidationIssue::isError)
                        .forEach(issue -> errors.add(file.getFileName() + " " + resource.fhirType() + " " + issue));
            }
        }

        assertThat(errors).isEmpty();
        assertThat(checked)
                .containsEntry("Patient", PATIENTS)
                .containsEntry("CarePlan", PATIENTS)
                .containsKeys(
                        "Organization",
                        "Practitioner",
                        "Device",
                        "Condition",
                        "Coverage",
                        "CareTeam",
                        "Consent",
                        "Goal",
                        "DocumentReference",
                        "Binary");
        assertThat(checked.get("Observation")).isGreaterThan(800);
    }
}
