package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.apply.Judgement.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.PlanDefinition.ActionConditionKind;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionConditionComponent;

/**
 * What of a programme fits a patient: an action whose conditions hold, or could not be judged, is in; then a question stands
 * beside it. An action of which one condition does not hold is out, with all that is in it. A medicine is proposed only when
 * all conditions hold, those of what it is in too: one that could not be judged puts it off, and asks.
 */
final class Adaptation {

    /**
     * An action that is in the plan.
     *
     * @param because its conditions, with those of what it is in
     * @param stops stop rules: what the action waits for, and whether it is so now
     */
    record Included(PlanDefinitionActionComponent action, List<Judgement> because, List<Judgement> stops) {
        Included {
            because = List.copyOf(because);
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

    /** A medicine that is not proposed, and what could not be judged. */
    record PutOff(PlanDefinitionActionComponent action, List<Judgement> open) {
        PutOff {
            open = List.copyOf(open);
        }
    }

    /** What could not be judged, and what depends on it. */
    record Question(Judgement judgement, Set<PlanDefinitionActionComponent> concerns) {}

    private final Programme programme;
    private final Conditions conditions;
    private final List<Included> included = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<PutOff> putOff = new ArrayList<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Set<String> sources = new LinkedHashSet<>();

    /** @throws ProgrammeException when a condition is not understood, or the programme is not made for the patient */
    Adaptation(Programme programme, Conditions conditions) {
        this.programme = programme;
        this.conditions = conditions;
        for (PlanDefinitionActionComponent root : programme.plan().getAction()) {
            List<Judgement> judged = judged(root, ActionConditionKind.APPLICABILITY);
            judged.stream()
                    .flatMap(judgement -> judgement.facts().stream())
                    .filter(Fact.Known.class::isInstance)
                    .forEach(fact -> sources.addAll(((Fact.Known) fact).sources()));
            walk(root, judged, List.of());
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

    List<PutOff> putOff() {
        return putOff;
    }

    List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /** The records that say that the programme is for the patient. */
    Set<String> sources() {
        return sources;
    }

    /** @param above what was judged of the actions that it is in */
    private void walk(PlanDefinitionActionComponent action, List<Judgement> judged, List<Judgement> above) {
        if (judged.stream().anyMatch(judgement -> judgement.answer() == Answer.NO)) {
            leave(action, judged);
        } else {
            take(action, judged, above);
        }
    }

    private void leave(PlanDefinitionActionComponent action, List<Judgement> judged) {
        leftOut.add(new LeftOut(
                action,
                judged.stream()
                        .filter(judgement -> judgement.answer() == Answer.NO)
                        .toList()));
    }

    private void take(PlanDefinitionActionComponent action, List<Judgement> judged, List<Judgement> above) {
        for (Judgement judgement : judged) {
            if (judgement.answer() == Answer.OPEN) {
                questions
                        .computeIfAbsent(judgement.name(), name -> new Question(judgement, new LinkedHashSet<>()))
                        .concerns()
                        .add(action);
            }
        }
        List<Judgement> all = Stream.concat(above.stream(), judged.stream()).toList();
        List<Judgement> open = all.stream()
                .filter(judgement -> judgement.answer() == Answer.OPEN)
                .toList();
        if (programme.proposesMedicine(action) && !open.isEmpty()) {
            putOff.add(new PutOff(action, open));
        } else if (action.getAction().isEmpty()) {
            included.add(new Included(action, all, judged(action, ActionConditionKind.START)));
        }
        action.getAction().forEach(inner -> walk(inner, judged(inner, ActionConditionKind.APPLICABILITY), all));
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
