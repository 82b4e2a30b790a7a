package eu.sinusnode.therapy.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Programmes;
import eu.sinusnode.therapy.apply.Programme;
import eu.sinusnode.therapy.diff.ProgrammeChange.Kind;
import eu.sinusnode.therapy.diff.ProgrammeChange.Subject;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Range;
import org.junit.jupiter.api.Test;

class ProgrammeDiffTest {

    private static final List<MetadataResource> SHIPPED = Programmes.resources(FhirContext.forR4Cached());

    @Test
    void theSameSaysNothing() {
        assertThat(changes(plan -> {}, activity -> {})).isEmpty();
    }

    @Test
    void anotherVersionOfADefinitionThatSaysTheSameIsNoChange() {
        assertThat(changes(plan -> {}, activity -> activity.getDateElement().setValueAsString("2027-01-01")))
                .isEmpty();
    }

    @Test
    void goalsAreNewGoneOrChanged() {
        assertThat(changes(
                        plan -> {
                            plan.getGoal().removeIf(goal -> goal.getId().equals("activity"));
                            Range pressure =
                                    plan.getGoal().get(0).getTarget().get(0).getDetailRange();
                            pressure.getHigh().setValue(124);
                            plan.addGoal().setId("steps");
                            plan.getGoal().get(2).getDescription().setText("7000 steps a day");
                        },
                        activity -> {}))
                .containsExactly(
                        new ProgrammeChange(
                                Kind.CHANGED,
                                Subject.GOAL,
                                "pressure",
                                "Systolic pressure 120 to 129 and diastolic pressure 70 to 79 mm[Hg], if tolerated"),
                        new ProgrammeChange(
                                Kind.GONE, Subject.GOAL, "activity", "150 minutes of moderate activity a week"),
                        new ProgrammeChange(Kind.NEW, Subject.GOAL, "steps", "7000 steps a day"));
    }

    @Test
    void activitiesAreNewGoneOrChanged() {
        assertThat(changes(
                        plan -> {
                            List<PlanDefinitionActionComponent> movement =
                                    group(plan, "movement").getAction();
                            movement.removeIf(action -> action.getId().equals("strength-training"));
                            movement.get(0).getCondition().remove(0);
                            PlanDefinitionActionComponent further =
                                    group(plan, "nutrition").addAction();
                            further.setId("alcohol-rule");
                            further.setTitle("Little alcohol");
                        },
                        activity -> {}))
                .containsExactly(
                        new ProgrammeChange(Kind.CHANGED, Subject.ACTIVITY, "walking", "Brisk walking"),
                        new ProgrammeChange(Kind.GONE, Subject.ACTIVITY, "strength-training", "Strength training"),
                        new ProgrammeChange(Kind.NEW, Subject.ACTIVITY, "alcohol-rule", "Little alcohol"));
    }

    @Test
    void whatADefinitionSaysIsAChangeOfItsActivity() {
        assertThat(changes(plan -> {}, activity -> {
                    if (activity.getUrl().endsWith("/walking")) {
                        activity.getTimingTiming().getRepeat().setDuration(45);
                    }
                }))
                .containsExactly(new ProgrammeChange(Kind.CHANGED, Subject.ACTIVITY, "walking", "Brisk walking"));
    }

    @Test
    void whatAGoalRestsOnIsNoChangeOfIt() {
        assertThat(changes(
                        plan -> plan.getGoal()
                                .forEach(goal -> goal.getDocumentation().clear()),
                        activity -> {}))
                .isEmpty();
        assertThat(changes(
                        plan -> plan.getGoalFirstRep()
                                .getTargetFirstRep()
                                .getDetailRange()
                                .getHigh()
                                .setValue(139),
                        activity -> {}))
                .extracting(ProgrammeChange::kind, ProgrammeChange::id)
                .containsExactly(tuple(Kind.CHANGED, "pressure"));
    }

    @Test
    void proposedMedicinesAreWhatIsNewSinceTheVersionWithoutThem() {
        Programme without = programme(
                "1.0.0",
                plan -> plan.getActionFirstRep().getAction().removeIf(group -> group.getId()
                        .equals("medicines")),
                activity -> {});
        assertThat(new ProgrammeDiff(without, programme("1.1.0", plan -> {}, activity -> {})).changes())
                .containsExactly(
                        new ProgrammeChange(
                                Kind.NEW, Subject.ACTIVITY, "propose-ras-blocker-hypertension", "ACE inhibitor or ARB"),
                        new ProgrammeChange(
                                Kind.NEW, Subject.ACTIVITY, "propose-calcium-blocker", "Calcium channel blocker"),
                        new ProgrammeChange(
                                Kind.NEW, Subject.ACTIVITY, "propose-thiazide", "Thiazide or thiazide-like diuretic"));
    }

    private static List<ProgrammeChange> changes(Consumer<PlanDefinition> plan, Consumer<ActivityDefinition> activity) {
        return new ProgrammeDiff(programme("1.0.0", each -> {}, each -> {}), programme("1.1.0", plan, activity))
                .changes();
    }

    private static Programme programme(
            String version, Consumer<PlanDefinition> change, Consumer<ActivityDefinition> changeActivity) {
        PlanDefinition plan = SHIPPED.stream()
                .filter(each -> each.getUrl().endsWith("PlanDefinition/hypertension"))
                .map(each -> ((PlanDefinition) each).copy())
                .findFirst()
                .orElseThrow();
        plan.setVersion(version);
        rename(plan.getAction(), version);
        change.accept(plan);
        List<ActivityDefinition> activities = SHIPPED.stream()
                .filter(ActivityDefinition.class::isInstance)
                .map(each -> ((ActivityDefinition) each).copy())
                .toList();
        activities.forEach(each -> {
            each.setVersion(version);
            changeActivity.accept(each);
        });
        return Programme.of(plan, activities);
    }

    private static void rename(List<PlanDefinitionActionComponent> actions, String version) {
        for (PlanDefinitionActionComponent action : actions) {
            if (action.hasDefinitionCanonicalType()) {
                String url = action.getDefinitionCanonicalType().getValue().replaceFirst("\\|.*", "");
                action.setDefinition(new CanonicalType(url + "|" + version));
            }
            rename(action.getAction(), version);
        }
    }

    private static PlanDefinitionActionComponent group(PlanDefinition plan, String id) {
        return plan.getActionFirstRep().getAction().stream()
                .filter(group -> group.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
