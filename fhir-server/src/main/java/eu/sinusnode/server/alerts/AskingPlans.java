package eu.sinusnode.server.alerts;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.therapy.HeldPlans;
import eu.sinusnode.therapy.alert.AskingPlan;
import eu.sinusnode.therapy.reminder.PlanActivities;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Finds, with the server's own rights, the active plans on which answers were given. */
final class AskingPlans {

    private final HeldPlans held;
    private final StoredRecords records;

    AskingPlans(HeldPlans held, StoredRecords records) {
        this.held = held;
        this.records = records;
    }

    /**
     * Those that the answers name, or else all that ask the questionnaire and had begun when they were given. A plan that is named
     * is meant, whatever a phone's clock says of when that was.
     *
     * @return several when more than one asks
     */
    List<AskingPlan> of(UUID patient, QuestionnaireResponse answers) {
        List<CarePlan> active = held.of(patient.toString());
        Set<String> named = answers.getBasedOn().stream()
                .flatMap(reference -> ResourceIds.referenced(reference, "CarePlan").stream())
                .collect(Collectors.toSet());
        List<CarePlan> meant = active.stream()
                .filter(plan -> named.contains(plan.getIdElement().getIdPart()))
                .toList();
        return meant.isEmpty()
                ? active.stream()
                        .filter(plan -> hasBegun(plan, answers.getAuthored()))
                        .map(this::read)
                        .filter(plan -> plan.asks(answers.getQuestionnaire()))
                        .toList()
                : meant.stream().map(this::read).toList();
    }

    private static boolean hasBegun(CarePlan plan, @Nullable Date answered) {
        return answered == null
                || !answered.toInstant()
                        .isBefore(Validity.of(plan.getPeriod(), Validity.ZONE).from());
    }

    private AskingPlan read(CarePlan plan) {
        List<String> tasks = PlanActivities.named(plan).stream()
                .filter(path -> path.startsWith("Task/"))
                .toList();
        Map<String, Resource> stored = records.currentOf(tasks);
        return new AskingPlan(
                plan,
                tasks.stream()
                        .map(stored::get)
                        .filter(Task.class::isInstance)
                        .map(Task.class::cast)
                        .toList());
    }
}
