package eu.sinusnode.therapy.diff;

import eu.sinusnode.therapy.apply.Programme;
import eu.sinusnode.therapy.diff.ProgrammeChange.Kind;
import eu.sinusnode.therapy.diff.ProgrammeChange.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionGoalComponent;
import org.jspecify.annotations.Nullable;

/**
 * Goals and activities that are new, gone or changed from one version of a programme to another, by their ids. An activity
 * has changed when its conditions or its goals have, or when what its ActivityDefinition says has; another version of a
 * definition that says the same is no change.
 */
public record ProgrammeDiff(Programme from, Programme to) {

    public List<ProgrammeChange> changes() {
        List<ProgrammeChange> changes = new ArrayList<>();
        compare(goals(from), goals(to), Subject.GOAL, ProgrammeDiff::sameGoal, ProgrammeDiff::words, changes);
        compare(
                actions(from),
                actions(to),
                Subject.ACTIVITY,
                this::sameAction,
                action -> String.valueOf(action.getTitle()),
                changes);
        return changes;
    }

    private static <T> void compare(
            Map<String, T> before,
            Map<String, T> after,
            Subject subject,
            BiPredicate<T, T> same,
            Function<T, String> words,
            List<ProgrammeChange> changes) {
        before.forEach((id, one) -> {
            T other = after.get(id);
            if (other == null) {
                changes.add(new ProgrammeChange(Kind.GONE, subject, id, words.apply(one)));
            } else if (!same.test(one, other)) {
                changes.add(new ProgrammeChange(Kind.CHANGED, subject, id, words.apply(other)));
            }
        });
        after.forEach((id, one) -> {
            if (!before.containsKey(id)) {
                changes.add(new ProgrammeChange(Kind.NEW, subject, id, words.apply(one)));
            }
        });
    }

    private static boolean sameGoal(PlanDefinitionGoalComponent one, PlanDefinitionGoalComponent other) {
        return said(one).equalsDeep(said(other));
    }

    /** What a goal asks for, without what it rests on. */
    private static PlanDefinitionGoalComponent said(PlanDefinitionGoalComponent goal) {
        return goal.copy().setDocumentation(null);
    }

    private boolean sameAction(PlanDefinitionActionComponent one, PlanDefinitionActionComponent other) {
        return Base.compareDeep(one.getCondition(), other.getCondition(), true)
                && Base.compareDeep(one.getGoalId(), other.getGoalId(), true)
                && Base.compareDeep(said(from, one), said(to, other), true);
    }

    /** What the definition of an action says, without which version of it says so. */
    private static @Nullable ActivityDefinition said(Programme programme, PlanDefinitionActionComponent action) {
        ActivityDefinition definition = action.hasDefinitionCanonicalType()
                ? programme.activities().get(action.getDefinitionCanonicalType().getValue())
                : null;
        if (definition == null) {
            return null;
        }
        ActivityDefinition said = definition.copy();
        said.setVersion(null).setDate(null);
        said.setMeta(null);
        said.setId((String) null);
        return said;
    }

    private static Map<String, PlanDefinitionGoalComponent> goals(Programme programme) {
        return programme.plan().getGoal().stream()
                .collect(Collectors.toMap(
                        goal -> String.valueOf(goal.getId()), goal -> goal, (one, same) -> one, LinkedHashMap::new));
    }

    /** Actions that nothing is within. */
    private static Map<String, PlanDefinitionActionComponent> actions(Programme programme) {
        return programme.plan().getAction().stream()
                .flatMap(ProgrammeDiff::leaves)
                .collect(Collectors.toMap(
                        action -> String.valueOf(action.getId()),
                        action -> action,
                        (one, same) -> one,
                        LinkedHashMap::new));
    }

    private static Stream<PlanDefinitionActionComponent> leaves(PlanDefinitionActionComponent action) {
        return action.getAction().isEmpty()
                ? Stream.of(action)
                : action.getAction().stream().flatMap(ProgrammeDiff::leaves);
    }

    private static String words(PlanDefinitionGoalComponent goal) {
        return String.valueOf(goal.getDescription().getText());
    }
}
