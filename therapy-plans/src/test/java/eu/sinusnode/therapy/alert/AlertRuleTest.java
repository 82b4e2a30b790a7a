package eu.sinusnode.therapy.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.Programmes;
import eu.sinusnode.therapy.triage.Complaint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table against the questionnaires and definitions that come with the server. */
class AlertRuleTest {

    private static final List<MetadataResource> SHIPPED = Programmes.resources(FhirContext.forR4Cached());

    private static <T extends MetadataResource> T shipped(Class<T> type, String url) {
        return SHIPPED.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(each -> url.equals(each.getUrl()))
                .findFirst()
                .orElseThrow();
    }

    private static List<RelatedArtifact> related(AlertRule rule, RelatedArtifactType type) {
        return shipped(ActivityDefinition.class, rule.definition()).getRelatedArtifact().stream()
                .filter(artifact -> artifact.getType() == type)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(AlertRule.class)
    void theSourceIsOneOfTheDefinitions(AlertRule rule) {
        assertThat(related(rule, RelatedArtifactType.CITATION))
                .extracting(RelatedArtifact::getUrl)
                .contains(rule.source());
    }

    @ParameterizedTest
    @EnumSource(AlertRule.class)
    void itsQuestionsAreThoseOfTheQuestionnaire(AlertRule rule) {
        List<QuestionnaireItemComponent> items =
                shipped(Questionnaire.class, rule.questionnaire()).getItem();
        assertThat(items).extracting(QuestionnaireItemComponent::getLinkId).containsAll(rule.questions());
        rule.complaint().ifPresent(complaint -> assertThat(items.stream()
                        .filter(item -> rule.questions().contains(item.getLinkId()))
                        .flatMap(item -> item.getCode().stream()))
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(tuple(Codes.SNOMED, complaint.code())));
    }

    @Test
    void everyQuestionOfTheTwoQuestionnairesIsLookedAt() {
        for (AlertRule rule : AlertRule.values()) {
            Set<String> looked = Stream.of(AlertRule.values())
                    .filter(each -> each.questionnaire().equals(rule.questionnaire()))
                    .flatMap(each -> each.questions().stream())
                    .collect(Collectors.toSet());
            assertThat(shipped(Questionnaire.class, rule.questionnaire()).getItem())
                    .extracting(QuestionnaireItemComponent::getLinkId)
                    .containsExactlyInAnyOrderElementsOf(looked);
        }
    }

    @Test
    void theAnswersOnMoodHaveTheirPointsInFront() {
        assertThat(shipped(Questionnaire.class, AlertRule.MOOD_CHECK).getItem())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.getAnswerOption())
                        .extracting(option -> option.getValue().primitiveValue().substring(0, 2))
                        .containsExactly("0:", "1:", "2:", "3:"));
    }

    /** Otherwise an answer would be asked for by a plan that has no word of the rule. */
    @Test
    void everyProgrammeThatAsksHasTheRules() {
        for (MetadataResource each : SHIPPED) {
            if (each instanceof PlanDefinition programme) {
                Set<String> definitions = actions(programme.getAction())
                        .filter(PlanDefinitionActionComponent::hasDefinitionCanonicalType)
                        .map(action ->
                                action.getDefinitionCanonicalType().getValue().split("\\|")[0])
                        .collect(Collectors.toSet());
                for (AlertRule rule : AlertRule.values()) {
                    boolean asks = definitions.stream()
                            .map(url -> shipped(ActivityDefinition.class, url))
                            .flatMap(activity -> activity.getRelatedArtifact().stream())
                            .filter(artifact -> artifact.getType() == RelatedArtifactType.DEPENDSON)
                            .anyMatch(artifact -> Versioned.isOf(artifact.getResource(), rule.questionnaire()));
                    assertThat(definitions.contains(rule.definition()))
                            .as("%s of %s", rule, programme.getName())
                            .isEqualTo(asks);
                }
            }
        }
    }

    private static Stream<PlanDefinitionActionComponent> actions(List<PlanDefinitionActionComponent> some) {
        return some.stream().flatMap(action -> Stream.concat(Stream.of(action), actions(action.getAction())));
    }

    @Test
    void complaintsAreThoseThatAQuestionnaireAsksFor() {
        assertThat(Stream.of(AlertRule.values()).flatMap(rule -> rule.complaint().stream()))
                .containsExactlyInAnyOrder(
                        Complaint.CHEST_PAIN,
                        Complaint.BREATHLESS,
                        Complaint.BREATHLESS_AT_NIGHT,
                        Complaint.SWELLING,
                        Complaint.DIZZY);
    }
}
