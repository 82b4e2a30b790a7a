package eu.sinusnode.server.therapy;

import eu.sinusnode.therapy.progress.SameMeasure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * A therapy plan with what it plans and planned, and what was done, as the caller may see it.
 *
 * @param orders what the plan names first, then what it named before
 * @param prescriptions likewise
 * @param tasks modules and questionnaires, likewise
 * @param observations signed ones by the LOINC code that they were searched by
 * @param intakes that were completed
 * @param done reminders of the plan that the patient has answered by "done", other than of measurements and intakes
 * @param answers to questionnaires
 * @param partly codes, and types other than Observation, of which not all were read: there are more, or they are closed to the caller
 */
record PlanRecord(
        Past<CarePlan> plan,
        List<Past<ServiceRequest>> orders,
        List<Past<MedicationRequest>> prescriptions,
        List<Past<Task>> tasks,
        List<Goal> goals,
        Map<String, List<Observation>> observations,
        List<MedicationAdministration> intakes,
        List<Task> done,
        List<QuestionnaireResponse> answers,
        Set<String> partly) {

    static final String INTAKES = "MedicationAdministration";
    static final String REMINDERS = "Task";
    static final String ANSWERS = "QuestionnaireResponse";

    /** Observations that tell a measure, by whichever of its codes, each once. */
    Stream<Observation> measured(String loinc) {
        Map<String, Observation> once = new LinkedHashMap<>();
        SameMeasure.searchedBy(loinc).stream()
                .flatMap(code -> observations.getOrDefault(code, List.of()).stream())
                .forEach(each -> once.putIfAbsent(each.getIdElement().getIdPart(), each));
        return once.values().stream();
    }

    /** Whether there are more of them than were read. */
    boolean isTooMany(String loinc) {
        return SameMeasure.searchedBy(loinc).stream().anyMatch(partly::contains);
    }
}
