package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A vital sign that conforms to the German base and ISiK profiles is accepted here too, once its time is given to the
 * second; and what our profile accepts conforms to theirs. Reads the packages from the directory that the system property
 * {@code sinusnode.shared} names.
 */
class IsikCompatibilityTest {

    private static final String ISIK =
            "https://gematik.de/fhir/isik/v3/VitalparameterUndKoerpermasze/StructureDefinition/";
    private static final String GERMAN_BASE = "http://fhir.de/StructureDefinition/observation-de-vitalsign-";
    private static final String VITAL_SIGNS = "de.gematik.isik-vitalparameter-3.1.1.tgz";
    private static final String BASE = "de.basisprofil.r4-1.4.0.tgz";

    private static ProfileValidator validator;
    private static Path packages;

    @BeforeAll
    static void readPackages() throws IOException {
        Path folder = Path.of(System.getProperty("sinusnode.shared", "shared"), "packages");
        assumeTrue(
                Files.exists(folder.resolve(VITAL_SIGNS)) && Files.exists(folder.resolve(BASE)),
                () -> "NOT CHECKED against ISiK and the German base: " + VITAL_SIGNS + " and " + BASE + " are not in "
                        + folder + " (set -Dsinusnode.shared)");
        packages = folder;
        PrePopulatedValidationSupport german = new PrePopulatedValidationSupport(SharedValidator.FHIR);
        addConformanceResources(german, open(folder.resolve(BASE)));
        addConformanceResources(german, open(folder.resolve(VITAL_SIGNS)));
        IValidationSupport ours = ProfilePackage.load(SharedValidator.FHIR).validationSupport();
        validator = new ProfileValidator(SharedValidator.FHIR, ours, german);
    }

    @ParameterizedTest
    @CsvSource({
        "Blutdruck, blutdruck, blood-pressure",
        "Herzfrequenz, herzfrequenz, heart-rate",
        "Koerpergewicht, koerpergewicht, body-weight"
    })
    void isikExampleIsAcceptedOnceItsTimeIsExact(String isikName, String germanName, String ours) throws IOException {
        Observation example = isikExample(isikName);
        assertConformsTo(example, isikName, germanName);
        assertThat(errors(example, ImposedProfiles.of(example)))
                .as("only the time of day lacks")
                .extracting(ValidationIssue::code)
                .containsOnly("sn-vital-1");

        example.setEffective(new DateTimeType("2026-05-04T06:40:31+02:00"));
        assertConformsTo(example, isikName, germanName);
        assertThat(ImposedProfiles.of(example))
                .containsExactly(Canonicals.BASE + "/StructureDefinition/sinusnode-" + ours);
        assertThat(errors(example, ImposedProfiles.of(example))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Blutdruck, blutdruck, blood-pressure",
        "Herzfrequenz, herzfrequenz, heart-rate",
        "Koerpergewicht, koerpergewicht, body-weight"
    })
    void ourExampleConformsToIsikAndTheGermanBase(String isikName, String germanName, String ours) {
        assertConformsTo((Observation) SharedValidator.parse(Examples.valid(ours)), isikName, germanName);
    }

    @ParameterizedTest
    @CsvSource({
        "Blutdruck, blutdruck, 75367002, 150016",
        "Herzfrequenz, herzfrequenz, 364075005, 147842",
        "Koerpergewicht, koerpergewicht, 27113001, 188736"
    })
    void moreCodingsBesideLoincAreAcceptedByAll(String isikName, String germanName, String snomed, String ieee)
            throws IOException {
        Observation example = isikExample(isikName);
        example.setEffective(new DateTimeType("2026-05-04T06:40:31+02:00"));
        example.getCode().getCoding().add(0, new Coding(Codes.SNOMED, snomed, null));
        example.getCode().addCoding(new Coding("urn:iso:std:iso:11073:10101", ieee, null));
        example.addCategory(new CodeableConcept(new Coding("urn:oid:1.2.276.0.76.3.1.139", "Station-3", null)));
        assertConformsTo(example, isikName, germanName);
        assertThat(errors(example, ImposedProfiles.of(example))).isEmpty();
    }

    private static void assertConformsTo(Observation vital, String isikName, String germanName) {
        assertThat(errors(vital, List.of(ISIK + "ISiK" + isikName))).isEmpty();
        assertThat(errors(vital, List.of(GERMAN_BASE + germanName))).isEmpty();
    }

    private static List<ValidationIssue> errors(Resource resource, List<String> profiles) {
        return validator.validate(resource, profiles).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }

    private static Observation isikExample(String name) throws IOException {
        return (Observation) SharedValidator.FHIR
                .newJsonParser()
                .parseResource(new ByteArrayInputStream(example("Observation-ISiK" + name + "Example.json")));
    }

    /** Read from the archive itself: which folder the package class files examples under depends on its version. */
    private static byte[] example(String file) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(packages.resolve(VITAL_SIGNS))))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith("/" + file)) {
                    return entries.readAllBytes();
                }
            }
        }
        throw new IOException(VITAL_SIGNS + " has no " + file);
    }

    private static void addConformanceResources(PrePopulatedValidationSupport support, NpmPackage npm)
            throws IOException {
        for (String file : npm.listResources("StructureDefinition", "ValueSet", "CodeSystem")) {
            support.addResource(
                    (MetadataResource) SharedValidator.FHIR.newJsonParser().parseResource(npm.loadResource(file)));
        }
    }

    private static NpmPackage open(Path file) throws IOException {
        return NpmPackage.fromPackage(Files.newInputStream(file));
    }
}
