package eu.sinusnode.therapy.check;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.progress.SameMeasure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;

/** Goals of one measure have values in common, whatever units they are in, or nobody can reach both. */
final class GoalCheck {

    private static final Set<GoalLifecycleStatus> OVER = EnumSet.of(
            GoalLifecycleStatus.COMPLETED,
            GoalLifecycleStatus.CANCELLED,
            GoalLifecycleStatus.REJECTED,
            GoalLifecycleStatus.ENTEREDINERROR);

    private record Target(String element, List<Coding> measure, TargetValues values) {

        private boolean contradicts(Target other) {
            return other.measure.stream()
                    .filter(its -> measure.stream().anyMatch(code -> same(code, its)))
                    .anyMatch(its -> values.excludes(other.values, its.getCode()));
        }
    }

    private GoalCheck() {}

    /**
     * @param goals of the plan; each is held against the others
     * @param beside of the patient's other active plans, which are not held against each other
     */
    static List<Finding> check(List<Goal> goals, List<Goal> beside) {
        List<Target> targets = targets(goals);
        List<Target> others = targets(beside);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            targets.subList(i + 1, targets.size()).stream()
                    .filter(target::contradicts)
                    .forEach(later -> findings.add(finding(later, target, "")));
            others.stream()
                    .filter(target::contradicts)
                    .forEach(other -> findings.add(finding(target, other, ", which another active plan aims at")));
        }
        return findings;
    }

    private static Finding finding(Target target, Target other, String whose) {
        return new Finding(
                PlanRule.GOALS_CONTRADICT,
                target.element(),
                other.element(),
                "it has no value in common with " + other.element() + whose);
    }

    private static List<Target> targets(List<Goal> goals) {
        return goals.stream()
                .filter(goal -> !OVER.contains(goal.getLifecycleStatus()))
                .flatMap(goal -> targets(goal).stream())
                .toList();
    }

    private static List<Target> targets(Goal goal) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < goal.getTarget().size(); i++) {
            String element = "Goal/" + goal.getIdElement().getIdPart() + ".target[" + i + "]";
            GoalTargetComponent target = goal.getTarget().get(i);
            TargetValues.of(target.getDetail())
                    .ifPresent(values ->
                            targets.add(new Target(element, target.getMeasure().getCoding(), values)));
        }
        return targets;
    }

    private static boolean same(Coding one, Coding other) {
        if (!one.hasCode()
                || !other.hasCode()
                || !String.valueOf(one.getSystem()).equals(other.getSystem())) {
            return false;
        }
        return one.getCode().equals(other.getCode())
                || Codes.LOINC.equals(one.getSystem())
                        && (SameMeasure.codes(one.getCode()).contains(other.getCode())
                                || SameMeasure.codes(other.getCode()).contains(one.getCode()));
    }
}
