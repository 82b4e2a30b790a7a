package eu.sinusnode.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.therapy.HeldPlans;
import eu.sinusnode.therapy.alert.AskingPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which plans answers were given: those that are named, or else those that ask and had begun. */
class AskingPlansTest {

    private static final UUID PATIENT = UUID.fromString("2c7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20");
    private static final String ASKED = Canonicals.BASE + "/Questionnaire/symptom-check|1.0.0";

    private final Map<String, Resource> stored = new HashMap<>();

    private List<String> plansOf(QuestionnaireResponse answers) {
        StoredRecords records = (type, id) -> Optional.ofNullable(stored.get(type + "/" + id));
        RecordSearch search = (type, parameters, most) -> stored.keySet().stream()
                .filter(path -> path.startsWith(type + "/"))
                .map(path -> path.substring(type.length() + 1))
                .sorted()
                .toList();
        AskingPlans plans = new AskingPlans(new HeldPlans(search, records), records);
        return plans.of(PATIENT, answers).stream()
                .map(AskingPlan::plan)
                .map(plan -> plan.getIdElement().getIdPart())
                .toList();
    }

    private CarePlan plan(String id, String start) {
        Task asks = new Task().setStatus(TaskStatus.REQUESTED);
        asks.setId("Task/" + id + "-asks");
        asks.addInput().setValue(new CanonicalType(ASKED));
        stored.put("Task/" + id + "-asks", asks);
        CarePlan plan = new CarePlan().setStatus(CarePlanStatus.ACTIVE);
        plan.setId("CarePlan/" + id);
        plan.getPeriod().setStartElement(new DateTimeType(start));
        plan.addActivity().setReference(new Reference("Task/" + id + "-asks"));
        stored.put("CarePlan/" + id, plan);
        return plan;
    }

    private static QuestionnaireResponse answers(@Nullable String authored, String... named) {
        QuestionnaireResponse answers = new QuestionnaireResponse().setQuestionnaire(ASKED);
        if (authored != null) {
            answers.setAuthoredElement(new DateTimeType(authored));
        }
        for (String plan : named) {
            answers.addBasedOn(new Reference("CarePlan/" + plan));
        }
        return answers;
    }

    /** A phone whose clock is wrong tells of pain in the chest all the same. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00+01:00, , true",
        "2025-12-31T23:59:59+01:00, , false",
        "1970-01-01T00:00:00Z, , false",
        ", , true",
        "2025-12-31T23:59:59+01:00, plan, true",
        "1970-01-01T00:00:00Z, plan, true",
        "1970-01-01T00:00:00Z, other, false"
    })
    void aPlanThatIsNamedIsMeantWheneverItWasAnswered(
            @Nullable String authored, @Nullable String named, boolean looked) {
        plan("plan", "2026-01-01");
        assertThat(plansOf(named == null ? answers(authored) : answers(authored, named)))
                .isEqualTo(looked ? List.of("plan") : List.of());
    }

    @Test
    void ofSeveralTheNamedOneAlone() {
        plan("one", "2026-01-01");
        plan("two", "2026-06-01");
        assertThat(plansOf(answers("2026-07-01T08:00:00Z"))).containsExactly("one", "two");
        assertThat(plansOf(answers("2026-03-01T08:00:00Z"))).containsExactly("one");
        assertThat(plansOf(answers("2026-03-01T08:00:00Z", "two"))).containsExactly("two");
    }

    @ParameterizedTest
    @CsvSource({"DRAFT", "ONHOLD", "REVOKED", "COMPLETED"})
    void aPlanThatDoesNotHoldIsNotMeantWhenItIsNamed(CarePlanStatus status) {
        plan("plan", "2026-01-01").setStatus(status);
        assertThat(plansOf(answers("2026-03-01T08:00:00Z", "plan"))).isEmpty();
    }
}
