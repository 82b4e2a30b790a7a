package eu.sinusnode.server.therapy;

import eu.sinusnode.server.therapy.PlanProgress.ActivityProgress;
import eu.sinusnode.therapy.print.PlanSheet;
import eu.sinusnode.therapy.print.Reached;
import eu.sinusnode.therapy.print.Reached.Activity.Way;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;

/** What a letter tells of a look at a plan; not of its rules, which nobody records as done. */
final class ReachedOf {

    private ReachedOf() {}

    static Reached look(PlanLook look) {
        Set<String> rules = look.record().plan().current().getActivity().stream()
                .filter(CarePlanActivityComponent::hasDetail)
                .map(CarePlanActivityComponent::getDetail)
                .filter(PlanSheet::isRule)
                .map(CarePlanActivityDetailComponent::getDescription)
                .collect(Collectors.toSet());
        List<Reached.Activity> activities = look.progress().activities().stream()
                .filter(each -> !each.source().isEmpty() || !rules.contains(each.name()))
                .map(ReachedOf::activity)
                .toList();
        List<Reached.Target> targets = look.record().goals().stream()
                .flatMap(goal -> goal.getTarget().stream()
                        .map(target -> new Reached.Target(
                                goal.getDescription(),
                                target.getMeasure(),
                                look.progress().target(target))))
                .toList();
        return new Reached(look.from(), look.last(), activities, targets);
    }

    private static Reached.Activity activity(ActivityProgress progress) {
        if (progress instanceof ActivityProgress.Counted counted) {
            Way way =
                    switch (counted.kind()) {
                        case PlanProgress.MEASUREMENT -> Way.MEASURED;
                        case PlanProgress.MEDICATION -> Way.TAKEN;
                        default -> Way.DONE;
                    };
            return new Reached.Activity.Counted(counted.name(), way, counted.kept());
        }
        return new Reached.Activity.NotComputable(
                progress.name(), ((ActivityProgress.NotComputable) progress).because());
    }
}
