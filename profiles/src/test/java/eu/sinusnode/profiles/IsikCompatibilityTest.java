package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.sinusnode.profiles.packages.FhirPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is valid by the German base and ISiK packages is accepted here too, but for the few examples that are listed with
 * the reason; and what our vital signs accept conforms to theirs. Reads the packages from the directory that the system
 * property {@code sinusnode.shared} names.
 */
class IsikCompatibilityTest {

    private static final String ISIK =
            "https://gematik.de/fhir/isik/v3/VitalparameterUndKoerpermasze/StructureDefinition/";
    private static final String GERMAN_BASE = "http://fhir.de/StructureDefinition/observation-de-vitalsign-";
    private static final List<String> PACKAGES = List.of(
            "de.basisprofil.r4-1.4.0",
            "de.gematik.isik-basismodul-3.1.1",
            "de.gematik.isik-medikation-3.1.1",
            "de.gematik.isik-terminplanung-3.1.1",
            "de.gematik.isik-vitalparameter-3.1.1",
            "hl7.fhir.uv.ips-1.0.0");

    /** Examples that we refuse, and the codes of the errors; profiles/README.md says why. */
    private static final Map<String, List<String>> REFUSED = Map.ofEntries(
            Map.entry("Coverage-CoverageGesetzlich.json", List.of("Validation_VAL_Profile_Minimum", "sn-cov-1")),
            Map.entry(
                    "Coverage-CoveragePrivat.json",
                    List.of("Reference_REF_BadTargetType2", "Validation_VAL_Profile_Minimum")),
            Map.entry("Device-ExampleDevice.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Example-coverage-example.json", List.of("Validation_VAL_Profile_Minimum", "sn-cov-1")),
            Map.entry("Example-observation-atemfrequenz.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-blutdruck.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-bmi.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-herzfrequenz.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-koerpergewicht.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-koerpergroesse.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-koerpertemperatur.json", List.of("sn-vital-1")),
            Map.entry("Example-observation-sauerstoffsaettigung.json", List.of("sn-vital-1")),
            Map.entry("Example-patient-address-de-basis.json", List.of("sn-pat-1")),
            Map.entry("Example-patient-de-basis-address.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Example-patient-de-basis-humanname-komplex.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry(
                    "Example-patient-de-basis-humanname-namenszusatz-titel.json",
                    List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Example-patient-de-basis-humanname-vorsatzwort.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Example-patient-de-basis-humanname.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Example-patient-de-basis-kvid.json", List.of("Validation_VAL_Profile_Minimum", "sn-pat-1")),
            Map.entry("Example-patient-de-basis-mrnr.json", List.of("Validation_VAL_Profile_Minimum")),
            Map.entry("Observation-ISiKAtemfrequenzExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKBlutdruckExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKEkgExample.json", List.of("sn-span-1")),
            Map.entry("Observation-ISiKHerzfrequenzExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKKoerpergewichtExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKKoerpergroesseExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKKoerpertemperaturExample.json", List.of("sn-vital-1")),
            Map.entry("Observation-ISiKSauerstoffsaettigungExample.json", List.of("sn-vital-1")),
            Map.entry("Patient-PatientinMusterfrau.json", List.of("sn-pat-1")),
            Map.entry("de.gematik.isik-medikation-3.1.1/Patient-PatientinMusterfrau.json", List.of("sn-pat-1")),
            Map.entry("RelatedPerson-ISiKAngehoerigerMustermann.json", List.of("Validation_VAL_Profile_Minimum")));

    /** Examples that their own package does not accept here, for want of a code system or a package that is not there. */
    private static final List<String> NOT_VALID_BY_THEMSELVES = List.of(
            "Example-observation-pflegegrad.json",
            "Medication-ExampleISiKMedikament2.json",
            "Procedure-Appendektomie.json");

    private static final Map<String, Resource> EXAMPLES = new TreeMap<>();

    @TempDir
    static Path folder;

    private static ProfileValidator validator;

    @BeforeAll
    static void readPackages() throws IOException {
        Path shared = Path.of(System.getProperty("sinusnode.shared", "shared"), "packages");
        assumeTrue(
                PACKAGES.stream().allMatch(name -> Files.exists(shared.resolve(name + ".tgz"))),
                () -> "NOT CHECKED against ISiK and the German base: the packages " + PACKAGES + " are not all in "
                        + shared + " (set -Dsinusnode.shared)");
        for (String name : PACKAGES) {
            Files.copy(shared.resolve(name + ".tgz"), folder.resolve(name + ".tgz"));
            if (name.startsWith("de.")) {
                readExamples(name, folder.resolve(name + ".tgz"));
            }
        }
        validator = new ProfileValidator(
                SharedValidator.FHIR,
                ProfilePackage.load(SharedValidator.FHIR).validationSupport(),
                FhirPackages.load(SharedValidator.FHIR, folder).validationSupport());
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsAcceptedOrListed() {
        assertThat(EXAMPLES)
                .hasSizeGreaterThan(70)
                .containsKeys(REFUSED.keySet().toArray(String[]::new));
        return EXAMPLES.entrySet().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.getKey(), () -> assertAcceptedOrListed(example.getKey(), example.getValue())));
    }

    private static void assertAcceptedOrListed(String name, Resource example) {
        boolean valid = errors(example, List.of()).isEmpty();
        assertThat(valid).as("valid by its own package").isNotEqualTo(NOT_VALID_BY_THEMSELVES.contains(name));
        if (valid) {
            assertThat(errors(example, ImposedProfiles.of(example)).stream()
                            .map(ValidationIssue::code)
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(REFUSED.getOrDefault(name, List.of()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Blutdruck, blutdruck, blood-pressure",
        "Herzfrequenz, herzfrequenz, heart-rate",
        "Koerpergewicht, koerpergewicht, body-weight",
        "Koerpergroesse, koerpergroesse, body-height",
        "Koerpertemperatur, koerpertemperatur, body-temperature",
        "Atemfrequenz, atemfrequenz, respiratory-rate",
        "Sauerstoffsaettigung, sauerstoffsaettigung, oxygen-saturation"
    })
    void isikExampleIsAcceptedOnceItsTimeIsExact(String isikName, String germanName, String ours) {
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
        "Koerpergewicht, koerpergewicht, body-weight",
        "Koerpergroesse, koerpergroesse, body-height",
        "Koerpertemperatur, koerpertemperatur, body-temperature",
        "Atemfrequenz, atemfrequenz, respiratory-rate",
        "Sauerstoffsaettigung, sauerstoffsaettigung, oxygen-saturation"
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
    void moreCodingsBesideLoincAreAcceptedByAll(String isikName, String germanName, String snomed, String ieee) {
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

    private static Observation isikExample(String name) {
        return (Observation) Objects.requireNonNull(EXAMPLES.get("Observation-ISiK" + name + "Example.json"))
                .copy();
    }

    /** Packages have patients of one name; the second and third go by that of their package too. */
    private static void readExamples(String name, Path archive) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().startsWith("package/examples/")
                        && entry.getName().endsWith(".json")) {
                    String file = entry.getName().substring("package/examples/".length());
                    EXAMPLES.put(
                            EXAMPLES.containsKey(file) ? name + "/" + file : file,
                            SharedValidator.parse(new String(entries.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
    }
}
