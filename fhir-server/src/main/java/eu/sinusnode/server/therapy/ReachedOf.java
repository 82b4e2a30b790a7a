package eu.sinusnode.server.therapy;

import eu.sinusnode.server.therapy.PlanProgress.ActivityProgress;
import eu.sinusnode.therapy.print.Reached;
import java.util.List;

/** What a letter tells of a look at a plan. */
final class ReachedOf {

    private ReachedOf() {}

    static Reached look(PlanLook look) {
        List<Reached.Activity> activities =
                look.progress().activities().stream().map(ReachedOf::activity).toList();
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
            return new Reached.Activity.Counted(counted.name(), counted.kind().equals("medication"), counted.kept());
        }
        return new Reached.Activity.NotComputable(
                progress.name(), ((ActivityProgress.NotComputable) progress).because());
    }
}
