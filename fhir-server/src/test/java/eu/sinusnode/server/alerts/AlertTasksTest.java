package eu.sinusnode.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.alert.Alert;
import eu.sinusnode.therapy.alert.AlertRule;
import eu.sinusnode.therapy.alert.AskingPlan;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a Task says of the rules that were met. */
class AlertTasksTest {

    private static final UUID PATIENT = UUID.fromString("2c7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20");
    private static final String ANSWERS = "3d7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20";
    private static final String CLINIC = "4e7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20";
    private static final Instant ANSWERED = Instant.parse("2026-11-29T10:30:00Z");
    private static final Instant NOW = Instant.parse("2026-11-29T10:31:00Z");
    private static final String BASE = Canonicals.BASE;
    private static final String QUESTIONNAIRE = BASE + "/Questionnaire/symptom-check|1.0.0";

    private static AlertTasks alert(AlertRule first, AlertRule... more) {
        return alert("3", first, more);
    }

    private static AlertTasks alert(String version, AlertRule first, AlertRule... more) {
        QuestionnaireResponse answers = new QuestionnaireResponse();
        answers.setId("QuestionnaireResponse/" + ANSWERS + "/_history/" + version);
        answers.setQuestionnaire(QUESTIONNAIRE).setAuthored(Date.from(ANSWERED));
        return new AlertTasks(PATIENT, answers, new Alert(EnumSet.of(first, more)), NOW);
    }

    private static AskingPlan plan(String id) {
        CarePlan plan = new CarePlan();
        plan.setId("CarePlan/" + id + "/_history/7");
        plan.addInstantiatesCanonical(BASE + "/PlanDefinition/coronary-disease|1.1.0");
        plan.addActivity().getDetail().addInstantiatesCanonical(BASE + "/ActivityDefinition/alert-chest-pain|1.0.0");
        Task asks = new Task().setInstantiatesCanonical(BASE + "/ActivityDefinition/symptom-check|1.0.0");
        return new AskingPlan(plan, List.of(asks));
    }

    private static List<String> inputs(Task task) {
        return task.getInput().stream()
                .map(input -> input.getType().getText() + " " + input.getValue().primitiveValue())
                .toList();
    }

    @Test
    void itSaysWhichRulesOfWhichProgrammeWereMetAndBySource() {
        Task task =
                alert(AlertRule.CHEST_PAIN, AlertRule.SWELLING, AlertRule.DIZZY).of(CLINIC, List.of(plan("p")));

        assertThat(inputs(task))
                .containsExactly(
                        "programme " + BASE + "/PlanDefinition/coronary-disease|1.1.0",
                        "rule " + BASE + "/ActivityDefinition/alert-chest-pain|1.0.0",
                        "source https://doi.org/10.1093/eurheartj/ehae177",
                        "rule " + BASE + "/ActivityDefinition/symptom-check|1.0.0",
                        "source https://doi.org/10.1093/eurheartj/ehab368",
                        "version of the answers 3");
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getIntent()).isEqualTo(TaskIntent.ORDER);
        assertThat(task.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(task.getCode().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(Canonicals.TASK_CODES, Codes.THERAPY_ALERT);
        assertThat(task.getFocus().getReference()).isEqualTo("QuestionnaireResponse/" + ANSWERS);
        assertThat(task.getFor().getReference()).isEqualTo("Patient/" + PATIENT);
        assertThat(task.getBasedOn()).extracting(Reference::getReference).containsExactly("CarePlan/p");
        assertThat(task.getOwner().getReference()).isEqualTo("Organization/" + CLINIC);
        assertThat(task.getRequester().getReference()).isEqualTo("Organization/" + CLINIC);
        assertThat(task.getAuthoredOn().toInstant()).isEqualTo(NOW);
    }

    @Test
    void ofSeveralPlansThatAskNobodyKnowsWhichWasMeant() {
        AlertTasks alert = alert(AlertRule.SWELLING);
        assertThat(alert.of(CLINIC, List.of(plan("p"), plan("q"))).getBasedOn()).isEmpty();
        assertThat(inputs(alert.of(CLINIC, List.of(plan("p"), plan("q")))))
                .as("each once")
                .isEqualTo(inputs(alert.of(CLINIC, List.of(plan("p")))));
    }

    @Test
    void aPlanWithoutTheDefinitionIsCitedByTheQuestionnaire() {
        Task task = alert(AlertRule.CHEST_PAIN, AlertRule.SWELLING)
                .of(CLINIC, List.of(new AskingPlan(new CarePlan(), List.of())));
        assertThat(inputs(task))
                .containsExactly(
                        "rule " + QUESTIONNAIRE,
                        "source https://doi.org/10.1093/eurheartj/ehae177",
                        "rule " + QUESTIONNAIRE,
                        "source https://doi.org/10.1093/eurheartj/ehab368",
                        "version of the answers 3");
    }

    @Test
    void itSaysInGermanAndEnglishWhatWasSeenAndThatAClinicianDecides() {
        Task task = alert(AlertRule.CHEST_PAIN, AlertRule.DIZZY).of(CLINIC, List.of(plan("p")));
        assertThat(task.getNote())
                .extracting(Annotation::getText)
                .containsExactly(
                        "Antworten vom 29.11.2026, 11:30 Uhr zu einem aktiven Therapieplan. Schmerz oder Druck in der"
                                + " Brust: ja. Schwindel: ja. Eine Ärztin oder ein Arzt entscheidet, was daraus folgt;"
                                + " angesehen hat es noch niemand. Dies ist kein Notdienst: Rufen Sie im Notfall 112.",
                        "Answers of 29 Nov 2026, 11:30 on an active therapy plan. Pain or pressure in the chest: yes."
                                + " Dizziness: yes. A clinician decides what follows from it; nobody has looked at it"
                                + " yet. This is no emergency service: in an emergency call 112.");
    }

    @ParameterizedTest
    @EnumSource(AlertRule.class)
    void everyRuleHasItsWords(AlertRule rule) {
        assertThat(alert(rule).of(CLINIC, List.of()).getNote())
                .hasSize(2)
                .extracting(Annotation::getText)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.contains("112") && !text.contains(rule.name()));
    }

    @Test
    void theSameVersionToTheSameClinicIsTheSameTask() {
        String one = id(alert(AlertRule.DIZZY), CLINIC);
        assertThat(id(alert(AlertRule.DIZZY), CLINIC)).isEqualTo(one);
        assertThat(Set.of(
                        one,
                        id(alert(AlertRule.DIZZY, AlertRule.CHEST_PAIN), CLINIC),
                        id(alert("5", AlertRule.DIZZY), CLINIC),
                        id(alert(AlertRule.DIZZY), "5e7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20")))
                .hasSize(4);
    }

    private static String id(AlertTasks alert, String clinic) {
        return alert.of(clinic, List.of()).getIdElement().getIdPart();
    }
}
