package eu.sinusnode.profiles.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.ProfilePackage;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Practitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FhirPackagesTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String URL = "https://packages.example.org/StructureDefinition/";
    private static final String WITH_BIRTH_DATE =
            "{\"id\":\"Practitioner\",\"path\":\"Practitioner\"},{\"id\":\"Practitioner.birthDate\",\"path\":\"Practitioner.birthDate\",\"min\":1}";

    @TempDir
    Path folder;

    @Test
    void resourceThatClaimsAProfileIsCheckedAgainstItAndOursStillHolds() {
        Archive.named("org.example.people", "1.2.0")
                .withProfile(URL + "born", "Practitioner", WITH_BIRTH_DATE)
                .writeTo(folder, "people.tgz");
        FhirPackages packages = FhirPackages.load(FHIR, folder);
        ProfileValidator validator =
                new ProfileValidator(FHIR, ProfilePackage.load(FHIR).validationSupport(), packages.validationSupport());
        Practitioner unborn = new Practitioner().addName(new HumanName().setFamily("Muster"));
        assertThat(errors(validator, unborn)).isEmpty();

        unborn.getMeta().addProfile(URL + "born");
        assertThat(errors(validator, unborn)).singleElement().satisfies(issue -> assertThat(issue.message())
                .contains("birthDate"));
        unborn.getMeta().getProfile().get(0).setValue(URL + "born|1.0");
        assertThat(errors(validator, unborn)).hasSize(1);

        unborn.setName(null);
        assertThat(errors(validator, unborn))
                .extracting(ValidationIssue::code)
                .contains("sn-prac-1")
                .hasSize(2);
        assertThat(packages.titles()).containsExactly("org.example.people 1.2.0");
        assertThat(packages.missing()).isEmpty();
    }

    @Test
    void profileOfAnotherVersionIsNotKnown() {
        Archive.named("org.example.people", "1.2.0")
                .withProfile(URL + "born", "Practitioner", WITH_BIRTH_DATE)
                .writeTo(folder, "people.tgz");
        FhirPackages packages = FhirPackages.load(FHIR, folder);
        assertThat(packages.validationSupport().fetchStructureDefinition(URL + "born|1.0"))
                .isNotNull();
        assertThat(packages.validationSupport().fetchStructureDefinition(URL + "born|2.0"))
                .isNull();
        assertThat(packages.validationSupport().fetchValueSet(URL + "born")).isNull();
    }

    @Test
    void examplesAndOtherFilesAreNotRead() throws IOException {
        Archive.named("org.example.people", "1.2.0")
                .with("package/example/broken.json", "{")
                .with("package/.index.json", "{")
                .with("package/openapi/x.json", "{")
                .writeTo(folder, "people.tgz");
        Files.writeString(folder.resolve("README.md"), "what this is");
        assertThat(FhirPackages.load(FHIR, folder).titles()).hasSize(1);
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        Archive.named("org.example.people", "1.2.0")
                .with(
                        "package/StructureDefinition-born.json",
                        "\uFEFF" + Archive.profile(URL + "born", "Practitioner", WITH_BIRTH_DATE))
                .writeTo(folder, "people.tgz");
        assertThat(FhirPackages.load(FHIR, folder).validationSupport().fetchStructureDefinition(URL + "born"))
                .isNotNull();
    }

    @Test
    void missingDependencyIsToldAndTheCoreIsNone() {
        Archive.named("org.example.people", "1.2.0", "hl7.fhir.r4.core", "4.0.1", "org.example.base", "1.x")
                .writeTo(folder, "people.tgz");
        assertThat(FhirPackages.load(FHIR, folder).missing())
                .containsExactly(
                        "The FHIR package org.example.people 1.2.0 was made with org.example.base 1.x, which is not in the folder.");
    }

    @Test
    void dependencyInAVersionThatFitsIsFine() {
        Archive.named("org.example.base", "1.4.2").writeTo(folder, "base.tgz");
        Archive.named("org.example.people", "1.2.0", "org.example.base", "1.4.x")
                .writeTo(folder, "people.tgz");
        assertThat(FhirPackages.load(FHIR, folder).missing()).isEmpty();
    }

    @Test
    void dependencyInAnotherVersionIsAConflict() {
        Archive.named("org.example.base", "1.40.2").writeTo(folder, "base.tgz");
        Archive.named("org.example.people", "1.2.0", "org.example.base", "1.4.x")
                .writeTo(folder, "people.tgz");
        refused("org.example.people 1.2.0 (people.tgz)", "org.example.base 1.4.x", "1.40.2");
    }

    @Test
    void samePackageTwiceIsAConflict() {
        Archive.named("org.example.base", "1.0").writeTo(folder, "old.tgz");
        Archive.named("org.example.base", "2.0").writeTo(folder, "new.tgz");
        refused("org.example.base", "twice", "1.0 (old.tgz)", "2.0 (new.tgz)");
    }

    @Test
    void twoDefinitionsOfOneNameAreAConflict() {
        Archive.named("org.example.a", "1.0")
                .withProfile(URL + "born", "Practitioner", WITH_BIRTH_DATE)
                .writeTo(folder, "a.tgz");
        Archive.named("org.example.b", "1.0")
                .withProfile(URL + "born", "Practitioner", WITH_BIRTH_DATE)
                .writeTo(folder, "b.tgz");
        refused("org.example.a 1.0", "org.example.b 1.0", URL + "born");
    }

    @Test
    void whatIsOursIsNotRedefined() {
        Archive.named("org.example.a", "1.0")
                .withProfile("https://sinusnode.eu/fhir/StructureDefinition/sinusnode-heart-rate", "Observation", "")
                .writeTo(folder, "a.tgz");
        refused("org.example.a 1.0", "belongs to SinusNode");
    }

    @Test
    void packageOfAnotherReleaseOfFhirIsRefused() {
        new Archive()
                .with(
                        "package/package.json",
                        "{\"name\":\"org.example.r5\",\"version\":\"1.0\",\"fhirVersions\":[\"5.0.0\"]}")
                .writeTo(folder, "r5.tgz");
        refused("r5.tgz", "5.0.0", "R4");
    }

    @Test
    void damagedArchivesAreRefusedByName() throws IOException {
        Path whole = Archive.named("org.example.a", "1.0")
                .withProfile(URL + "born", "Practitioner", WITH_BIRTH_DATE)
                .writeTo(folder, "whole.tgz");
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        Path damaged = Archive.write(folder.resolve("damaged.tgz"), Arrays.copyOf(bytes, bytes.length / 2));
        refused("damaged.tgz", "damaged");

        Archive.write(damaged, "no archive".getBytes(StandardCharsets.UTF_8));
        refused("damaged.tgz", "damaged");
    }

    @Test
    void whatIsNoPackageIsRefusedByName() {
        new Archive().with("package/StructureDefinition-x.json", "{}").writeTo(folder, "x.tgz");
        refused("x.tgz", "no package/package.json");
    }

    @Test
    void brokenDefinitionsAreRefusedByName() {
        Archive.named("org.example.a", "1.0")
                .with("package/StructureDefinition-x.json", "{\"resourceType\":")
                .writeTo(folder, "a.tgz");
        refused("a.tgz", "StructureDefinition-x.json", "JSON");
        Archive.named("org.example.a", "1.0")
                .with("package/ValueSet-x.json", "{\"resourceType\":\"ValueSet\"}")
                .writeTo(folder, "a.tgz");
        refused("a.tgz", "ValueSet-x.json", "no url");
        Archive.named("org.example.a", "1.0")
                .with(
                        "package/ValueSet-x.json",
                        "{\"resourceType\":\"ValueSet\",\"url\":\"https://x.example/v\",\"status\":\"done\"}")
                .writeTo(folder, "a.tgz");
        refused("org.example.a 1.0", "ValueSet-x.json", "R4");
    }

    @Test
    void folderThatIsNotThereIsRefused() {
        folder = folder.resolve("nowhere");
        refused("sinusnode.packages.folder", "nowhere");
    }

    private void refused(String... parts) {
        assertThatExceptionOfType(PackageException.class)
                .isThrownBy(() -> FhirPackages.load(FHIR, folder))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }

    private static List<ValidationIssue> errors(ProfileValidator validator, Practitioner practitioner) {
        return validator.validate(practitioner).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }
}
