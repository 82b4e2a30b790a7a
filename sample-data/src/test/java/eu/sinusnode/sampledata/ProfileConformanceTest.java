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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is sent is what the server accepts. */
class ProfileConformanceTest {

    private static final int PATIENTS = 12;

    @TempDir
    Path directory;

    @Test
    void aCohortWithAllDevicesHasNoError() throws IOException {
        // A week that holds the end of summer time.
        CohortSpec spec = new CohortSpec(PATIENTS, 1, 1, CohortSpec.DEFAULT_END, Devices.ALL);
        CohortFiles files = Cohorts.generate(spec, directory);
        FhirContext fhir = FhirContext.forR4Cached();
        ProfileValidator validator = new ProfileValidator(fhir);
        IParser parser = fhir.newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        Map<String, Integer> checked = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        Set<String> codes = new TreeSet<>();
        for (Path file : files.sortedBundles()) {
            Bundle bundle = parser.parseResource(Bundle.class, Files.readString(file));
            for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
                Resource resource = entry.getResource();
                checked.merge(resource.fhirType(), 1, Integer::sum);
                if (resource instanceof Observation observation) {
                    codes.add(observation.getCode().getCodingFirstRep().getCode());
                }
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
                        "MedicationRequest",
                        "DocumentReference",
                        "Binary");
        assertThat(checked.get("Observation")).isGreaterThan(1_000);
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "85354-9",
                        "8867-4",
                        "29463-7",
                        "40443-4",
                        "2708-6",
                        "9279-1",
                        "8310-5",
                        "8302-2",
                        "55423-8",
                        "93832-4",
                        "73985-4",
                        "rr-interval-series",
                        "14647-2",
                        "14646-4",
                        "14682-9",
                        "10230-1",
                        "72166-2",
                        "88020-3");
    }
}
