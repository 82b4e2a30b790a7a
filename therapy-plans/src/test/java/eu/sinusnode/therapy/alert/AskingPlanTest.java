package eu.sinusnode.therapy.alert;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which questionnaires a plan asks, and by which definitions it has the rules. */
class AskingPlanTest {

    private static final String BASE = Canonicals.BASE;
    private static final String ASKED = BASE + "/Questionnaire/symptom-check|1.0.0";

    private static Task task() {
        Task task = new Task().setStatus(TaskStatus.REQUESTED);
        task.setInstantiatesCanonical(BASE + "/ActivityDefinition/symptom-check|1.0.0");
        task.addInput().setType(new CodeableConcept().setText("questionnaire")).setValue(new CanonicalType(ASKED));
        return task;
    }

    private static CarePlan plan() {
        CarePlan plan = new CarePlan();
        plan.addInstantiatesCanonical(BASE + "/PlanDefinition/coronary-disease|1.1.0");
        plan.addActivity().getDetail().addInstantiatesCanonical(BASE + "/ActivityDefinition/alert-pressure|1.0.0");
        plan.addActivity().getDetail().addInstantiatesCanonical(BASE + "/ActivityDefinition/alert-chest-pain|1.0.1");
        return plan;
    }

    @ParameterizedTest
    @CsvSource({
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check|1.0.0, true",
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check|1.0.1, true",
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check, true",
        "https://sinusnode.eu/fhir/Questionnaire/symptom|1.0.0, false",
        "https://sinusnode.eu/fhir/Questionnaire/mood-check|1.0.0, false"
    })
    void itAsksWhatATaskOfItHolds(String answered, boolean asks) {
        assertThat(new AskingPlan(plan(), List.of(task())).asks(answered)).isEqualTo(asks);
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void whatWasTakenOutIsNotAsked(TaskStatus status) {
        boolean out = List.of(TaskStatus.CANCELLED, TaskStatus.REJECTED, TaskStatus.ENTEREDINERROR)
                .contains(status);
        assertThat(new AskingPlan(plan(), List.of(task().setStatus(status))).asks(ASKED))
                .isEqualTo(!out);
    }

    @Test
    void wordsAskNothing() {
        Task words = new Task();
        words.addInput().setValue(new StringType(ASKED));
        assertThat(new AskingPlan(plan(), List.of(words)).asks(ASKED)).isFalse();
        assertThat(new AskingPlan(plan(), List.of()).asks(ASKED)).isFalse();
    }

    @Test
    void rulesAreNamedAsThePlanHasThem() {
        AskingPlan plan = new AskingPlan(plan(), List.of(new Task(), task()));
        assertThat(plan.programmes()).containsExactly(BASE + "/PlanDefinition/coronary-disease|1.1.0");
        assertThat(plan.definition(AlertRule.CHEST_PAIN)).contains(BASE + "/ActivityDefinition/alert-chest-pain|1.0.1");
        assertThat(plan.definition(AlertRule.SWELLING)).contains(BASE + "/ActivityDefinition/symptom-check|1.0.0");
        assertThat(plan.definition(AlertRule.LOW_MOOD)).isEmpty();
    }
}
