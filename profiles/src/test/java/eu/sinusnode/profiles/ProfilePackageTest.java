package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;

class ProfilePackageTest {

    private static final ProfilePackage PACKAGE = ProfilePackage.load(SharedValidator.FHIR);

    @Test
    void indexNamesEveryFileOfTheFolder() throws IOException, URISyntaxException {
        URL index = Objects.requireNonNull(
                ProfilePackage.class.getClassLoader().getResource(ProfilePackage.FOLDER + "index.txt"));
        Path folder = Objects.requireNonNull(Path.of(index.toURI()).getParent());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> present = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .toList();
            assertThat(Files.readAllLines(folder.resolve("index.txt"))).containsExactlyInAnyOrderElementsOf(present);
        }
    }

    @Test
    void everyCanonicalThatCodeNamesIsShippedAndNoOther() throws IllegalAccessException {
        Set<String> shipped = PACKAGE.resources().stream()
                .filter(resource -> resource instanceof StructureDefinition
                        || resource instanceof CodeSystem
                        || resource instanceof Measure)
                .map(MetadataResource::getUrl)
                .collect(Collectors.toSet());
        assertThat(constants(Canonicals.class).filter(value -> value.startsWith(Canonicals.BASE + "/")))
                .containsExactlyInAnyOrderElementsOf(shipped);
    }

    @Test
    void everyConceptOfOurCodeSystemsHasItsConstant() throws IllegalAccessException {
        assertThat(PACKAGE.resources().stream()
                        .filter(CodeSystem.class::isInstance)
                        .flatMap(system -> ((CodeSystem) system).getConcept().stream())
                        .map(CodeSystem.ConceptDefinitionComponent::getCode))
                .isSubsetOf(constants(Codes.class).toList());
    }

    @Test
    void everyProfileHasSnapshotAndOurInvariantsInIt() {
        List<StructureDefinition> profiles = PACKAGE.resources().stream()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .toList();
        assertThat(profiles).hasSize(66).allSatisfy(profile -> {
            assertThat(profile.getSnapshot().getElement())
                    .hasSizeGreaterThan(profile.getDifferential().getElement().size() / 2);
            assertThat(invariants(profile.getSnapshot().getElement()))
                    .containsAll(invariants(profile.getDifferential().getElement()));
        });
    }

    @Test
    void codeSystemsAndValueSetsAreThemselvesValid() {
        assertThat(PACKAGE.resources())
                .filteredOn(resource -> !(resource instanceof StructureDefinition))
                .hasSizeGreaterThan(10)
                .allSatisfy(resource -> assertThat(SharedValidator.VALIDATOR.validate(resource))
                        .as(resource.getUrl())
                        .noneMatch(ValidationIssue::isError));
    }

    @Test
    void searchParametersCanBeReadAlone() {
        assertThat(ProfilePackage.searchParameters(SharedValidator.FHIR))
                .extracting(parameter -> parameter.getBase().get(0).getCode() + "." + parameter.getCode())
                .containsExactlyInAnyOrder(
                        "Bundle.patient",
                        "Condition.related",
                        "Encounter.date-start",
                        "Encounter.end-date",
                        "RiskAssessment.status");
    }

    @Test
    void everyCodeThatIsMappedToIsOfAMeasurementHere() throws IllegalAccessException {
        List<String> codes = constants(Codes.class).toList();
        assertThat(PACKAGE.resources().stream()
                        .filter(ConceptMap.class::isInstance)
                        .flatMap(map -> ((ConceptMap) map).getGroup().stream())
                        .filter(group -> group.getTarget().equals(Codes.LOINC))
                        .flatMap(group -> group.getElement().stream())
                        .flatMap(element -> element.getTarget().stream())
                        .map(ConceptMap.TargetElementComponent::getCode))
                .hasSizeGreaterThan(20)
                .isSubsetOf(codes);
    }

    private static List<String> invariants(List<ElementDefinition> elements) {
        return elements.stream()
                .flatMap(element -> element.getConstraint().stream())
                .map(ElementDefinition.ElementDefinitionConstraintComponent::getKey)
                .filter(key -> key.startsWith("sn-"))
                .distinct()
                .toList();
    }

    private static Stream<String> constants(Class<?> type) throws IllegalAccessException {
        Stream.Builder<String> values = Stream.builder();
        for (Field field : Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .toList()) {
            values.add((String) field.get(null));
        }
        return values.build();
    }
}
