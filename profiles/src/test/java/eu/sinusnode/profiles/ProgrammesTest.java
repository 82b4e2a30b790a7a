package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.junit.jupiter.api.Test;

class ProgrammesTest {

    private static final List<MetadataResource> ALL = Programmes.resources(SharedValidator.FHIR);

    @Test
    void theIndexNamesEveryFileOfTheFolder() throws IOException, URISyntaxException {
        URL index =
                Objects.requireNonNull(Programmes.class.getClassLoader().getResource(Programmes.FOLDER + "index.txt"));
        Path folder = Objects.requireNonNull(Path.of(index.toURI()).getParent());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(Files.readAllLines(folder.resolve("index.txt")))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".json"))
                                    .toList());
        }
    }

    @Test
    void everyOneIsValid() {
        assertThat(ALL).hasSizeGreaterThan(25).allSatisfy(each -> assertThat(SharedValidator.VALIDATOR.validate(each))
                .as(each.getUrl())
                .noneMatch(ValidationIssue::isError));
    }

    @Test
    void theFiveProgrammesNameTheirSources() {
        assertThat(plans())
                .extracting(MetadataResource::getName)
                .containsExactlyInAnyOrder(
                        "SinusNodeHypertension",
                        "SinusNodeAtrialFibrillation",
                        "SinusNodeCoronaryDisease",
                        "SinusNodeHeartFailure",
                        "SinusNodeCardiacRehabilitationPhaseThree");
        assertThat(plans()).allSatisfy(plan -> assertThat(plan.getRelatedArtifact())
                .isNotEmpty()
                .allMatch(source -> source.getType() == RelatedArtifactType.CITATION
                        && source.hasCitation()
                        && source.getUrl().startsWith("https://")));
    }

    @Test
    void whatIsNamedIsThereAndWhatIsThereIsNamed() {
        Set<String> there = ALL.stream()
                .filter(each -> !(each instanceof PlanDefinition))
                .map(each -> each.getUrl() + "|" + each.getVersion())
                .collect(Collectors.toSet());
        Set<String> named = Stream.concat(
                        plans().stream()
                                .flatMap(plan -> actions(plan.getAction()))
                                .filter(PlanDefinitionActionComponent::hasDefinitionCanonicalType)
                                .map(action ->
                                        action.getDefinitionCanonicalType().getValue()),
                        ALL.stream()
                                .filter(ActivityDefinition.class::isInstance)
                                .flatMap(each -> ((ActivityDefinition) each).getRelatedArtifact().stream())
                                .map(RelatedArtifact::getResourceElement)
                                .map(CanonicalType::getValue)
                                .filter(Objects::nonNull))
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(there);
    }

    @Test
    void everyGoalIsWantedByAnActionAndEveryIdIsThereOnce() {
        assertThat(plans()).allSatisfy(plan -> {
            List<PlanDefinitionActionComponent> actions =
                    actions(plan.getAction()).toList();
            assertThat(actions).extracting(PlanDefinitionActionComponent::getId).doesNotHaveDuplicates();
            assertThat(actions.stream()
                            .flatMap(action -> action.getGoalId().stream())
                            .map(id -> id.getValue())
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(
                            plan.getGoal().stream().map(goal -> goal.getId()).toList());
        });
    }

    /** A guideline with its address, which the programme names too, or the house whose number it is. */
    @Test
    void everyGoalSaysWhatItRestsOn() {
        assertThat(plans()).allSatisfy(plan -> {
            List<String> named = plan.getRelatedArtifact().stream()
                    .map(RelatedArtifact::getUrl)
                    .toList();
            assertThat(plan.getGoal()).allSatisfy(goal -> assertThat(goal.getDocumentation())
                    .isNotEmpty()
                    .allMatch(source -> source.getType() == RelatedArtifactType.CITATION
                            ? source.hasCitation() && named.contains(source.getUrl())
                            : source.getType() == RelatedArtifactType.DOCUMENTATION
                                    && source.getDisplay().contains("this house")));
        });
    }

    @Test
    void everyModuleSaysWhenItIsDue() {
        assertThat(ALL.stream()
                        .filter(ActivityDefinition.class::isInstance)
                        .map(ActivityDefinition.class::cast)
                        .filter(each -> "therapy-education"
                                .equals(each.getCode().getCodingFirstRep().getCode())))
                .hasSize(5)
                .allMatch(ActivityDefinition::hasTimingTiming);
    }

    private static List<PlanDefinition> plans() {
        return ALL.stream()
                .filter(PlanDefinition.class::isInstance)
                .map(PlanDefinition.class::cast)
                .toList();
    }

    private static Stream<PlanDefinitionActionComponent> actions(List<PlanDefinitionActionComponent> actions) {
        return actions.stream().flatMap(action -> Stream.concat(Stream.of(action), actions(action.getAction())));
    }
}
