package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.apply.PatientFacts;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.List;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * A plan with what belongs to it, and what is known of the patient now.
 *
 * @param medicines MedicationRequests that the plan names, proposals too
 * @param prescriptions those of the plan, and those that hold beside it; no proposals
 * @param missing references of the plan that could not be read
 */
public record PlanUnderReview(
        List<Goal> goals,
        List<ServiceRequest> services,
        List<Task> tasks,
        List<MedicationRequest> medicines,
        List<Prescription> prescriptions,
        List<String> missing,
        PatientFacts facts) {

    public PlanUnderReview {
        goals = List.copyOf(goals);
        services = List.copyOf(services);
        tasks = List.copyOf(tasks);
        medicines = List.copyOf(medicines);
        prescriptions = List.copyOf(prescriptions);
        missing = List.copyOf(missing);
    }
}
