package eu.sinusnode.therapy.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Goals of one measure in one unit have values in common, or nobody can reach both. */
final class GoalCheck {

    private static final Set<GoalLifecycleStatus> OVER =
            Set.of(GoalLifecycleStatus.CANCELLED, GoalLifecycleStatus.REJECTED, GoalLifecycleStatus.ENTEREDINERROR);

    private record Target(String element, List<Coding> measure, String unit, Interval values) {

        private boolean contradicts(Target other) {
            return unit.equals(other.unit)
                    && measure.stream().anyMatch(code -> other.measure.stream().anyMatch(its -> same(code, its)))
                    && !values.meets(other.values);
        }
    }

    /** @param low null: no lower bound */
    private record Interval(
            @Nullable BigDecimal low,
            boolean lowIn,
            @Nullable BigDecimal high,
            boolean highIn) {

        private boolean meets(Interval other) {
            return reaches(high, highIn, other.low, other.lowIn) && reaches(other.high, other.highIn, low, lowIn);
        }

        private static boolean reaches(
                @Nullable BigDecimal high, boolean highIn, @Nullable BigDecimal low, boolean lowIn) {
            if (high == null || low == null) {
                return true;
            }
            int compared = high.compareTo(low);
            return compared > 0 || compared == 0 && highIn && lowIn;
        }
    }

    private GoalCheck() {}

    static List<Finding> check(List<Goal> goals) {
        List<Target> targets = goals.stream()
                .filter(goal -> !OVER.contains(goal.getLifecycleStatus()))
                .flatMap(goal -> targets(goal).stream())
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            for (int j = i + 1; j < targets.size(); j++) {
                if (targets.get(i).contradicts(targets.get(j))) {
                    findings.add(new Finding(
                            PlanRule.GOALS_CONTRADICT,
                            targets.get(j).element(),
                            "it has no value in common with " + targets.get(i).element()));
                }
            }
        }
        return findings;
    }

    private static List<Target> targets(Goal goal) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < goal.getTarget().size(); i++) {
            String element = "Goal/" + goal.getIdElement().getIdPart() + ".target[" + i + "]";
            GoalTargetComponent target = goal.getTarget().get(i);
            unit(target.getDetail())
                    .flatMap(unit -> interval(target.getDetail())
                            .map(values ->
                                    new Target(element, target.getMeasure().getCoding(), unit, values)))
                    .ifPresent(targets::add);
        }
        return targets;
    }

    private static Optional<Interval> interval(@Nullable Type detail) {
        if (detail instanceof Range range) {
            return Optional.of(new Interval(value(range.getLow()), true, value(range.getHigh()), true));
        }
        if (!(detail instanceof Quantity quantity) || !quantity.hasValue()) {
            return Optional.empty();
        }
        BigDecimal value = quantity.getValue();
        if (!quantity.hasComparator()) {
            return Optional.of(new Interval(value, true, value, true));
        }
        return Optional.ofNullable(
                switch (quantity.getComparator()) {
                    case LESS_THAN -> new Interval(null, false, value, false);
                    case LESS_OR_EQUAL -> new Interval(null, false, value, true);
                    case GREATER_THAN -> new Interval(value, false, null, false);
                    case GREATER_OR_EQUAL -> new Interval(value, true, null, false);
                    default -> null;
                });
    }

    private static Optional<String> unit(@Nullable Type detail) {
        if (detail instanceof Range range) {
            return Optional.ofNullable(
                    range.hasLow() ? range.getLow().getCode() : range.getHigh().getCode());
        }
        return detail instanceof Quantity quantity ? Optional.ofNullable(quantity.getCode()) : Optional.empty();
    }

    private static @Nullable BigDecimal value(Quantity quantity) {
        return quantity.hasValue() ? quantity.getValue() : null;
    }

    private static boolean same(Coding one, Coding other) {
        return one.hasCode()
                && one.getCode().equals(other.getCode())
                && String.valueOf(one.getSystem()).equals(other.getSystem());
    }
}
