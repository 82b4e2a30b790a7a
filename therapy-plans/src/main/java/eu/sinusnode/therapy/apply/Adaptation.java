package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.apply.Judgement.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.ActionConditionKind;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionConditionComponent;

/**
 * What of a programme fits a patient: an action whose conditions hold, or could not be judged, is in; then a question stands
 * beside it. An action of which one condition does not hold is out, with all that is in it.
 */
final class Adaptation {

    /**
     * An action that is in the plan.
     *
     * @param stops stop rules: what the action waits for, and whether it is so now
     */
    record Included(PlanDefinitionActionComponent action, List<Judgement> stops) {
        Included {
            stops = List.copyOf(stops);
        }

        boolean isStopRule() {
            return !stops.isEmpty();
        }

        boolean isMet() {
            return stops.stream().anyMatch(stop -> stop.answer() == Answer.YES);
        }
    }

    /** An action that is out, and the conditions that do not hold. */
    record LeftOut(PlanDefinitionActionComponent action, List<Judgement> because) {
        LeftOut {
            because = List.copyOf(because);
        }
    }

    /** What could not be judged, and what depends on it. */
    record Question(Judgement judgement, Set<PlanDefinitionActionComponent> concerns) {}

    private final Conditions conditions;
    private final List<Included> included = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Set<String> sources = new LinkedHashSet<>();

    /** @throws ProgrammeException when a condition is not understood, or the programme is not made for the patient */
    Adaptation(PlanDefinition plan, Conditions conditions) {
        this.conditions = conditions;
        for (PlanDefinitionActionComponent root : plan.getAction()) {
            List<Judgement> judged = judged(root, ActionConditionKind.APPLICABILITY);
            judged.stream()
                    .flatMap(judgement -> judgement.facts().stream())
                    .filter(Fact.Known.class::isInstance)
                    .forEach(fact -> sources.addAll(((Fact.Known) fact).sources()));
            walk(root, judged);
        }
        if (included.isEmpty()) {
            throw new ProgrammeException(
                    ProgrammeException.Reason.NOT_APPLICABLE,
                    "Nothing of the programme is for this patient: " + reasons());
        }
    }

    List<Included> included() {
        return included;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /** The records that say that the programme is for the patient. */
    Set<String> sources() {
        return sources;
    }

    private void walk(PlanDefinitionActionComponent action, List<Judgement> judged) {
        if (judged.stream().anyMatch(judgement -> judgement.answer() == Answer.NO)) {
            leave(action, judged);
        } else {
            take(action, judged);
        }
    }

    private void leave(PlanDefinitionActionComponent action, List<Judgement> judged) {
        leftOut.add(new LeftOut(
                action,
                judged.stream()
                        .filter(judgement -> judgement.answer() == Answer.NO)
                        .toList()));
    }

    private void take(PlanDefinitionActionComponent action, List<Judgement> judged) {
        for (Judgement judgement : judged) {
            if (judgement.answer() == Answer.OPEN) {
                questions
                        .computeIfAbsent(judgement.name(), name -> new Question(judgement, new LinkedHashSet<>()))
                        .concerns()
                        .add(action);
            }
        }
        if (action.getAction().isEmpty()) {
            included.add(new Included(action, judged(action, ActionConditionKind.START)));
        }
        action.getAction().forEach(inner -> walk(inner, judged(inner, ActionConditionKind.APPLICABILITY)));
    }

    private List<Judgement> judged(PlanDefinitionActionComponent action, ActionConditionKind kind) {
        return action.getCondition().stream()
                .filter(condition -> condition.getKind() == kind)
                .map(PlanDefinitionActionConditionComponent::getExpression)
                .map(conditions::judge)
                .toList();
    }

    private String reasons() {
        return String.join(
                "; ",
                leftOut.stream()
                        .flatMap(each -> each.because().stream())
                        .map(judgement -> judgement.asks() + " does not hold")
                        .toList());
    }
}
