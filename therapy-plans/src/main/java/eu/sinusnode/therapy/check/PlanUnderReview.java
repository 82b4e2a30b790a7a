package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.apply.PatientFacts;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * A plan with what belongs to it, and what is known of the patient now.
 *
 * @param goalsBeside those of the patient's other active plans
 * @param medicines MedicationRequests that the plan names, proposals too
 * @param prescriptions those of the plan, and those that hold beside it; no proposals
 * @param missing references of the plan that could not be read
 */
public record PlanUnderReview(
        CarePlan plan,
        List<Goal> goals,
        List<Goal> goalsBeside,
        List<ServiceRequest> services,
        List<Appointment> appointments,
        List<Task> tasks,
        List<MedicationRequest> medicines,
        List<Prescription> prescriptions,
        List<String> missing,
        PatientFacts facts) {

    public PlanUnderReview {
        goals = List.copyOf(goals);
        goalsBeside = List.copyOf(goalsBeside);
        services = List.copyOf(services);
        appointments = List.copyOf(appointments);
        tasks = List.copyOf(tasks);
        medicines = List.copyOf(medicines);
        prescriptions = List.copyOf(prescriptions);
        missing = List.copyOf(missing);
    }

    /** Whether it has somebody train, so that facts about the patient are asked for. */
    public boolean hasTraining() {
        return !PlannedTraining.of(this).isEmpty();
    }

    public PlanUnderReview with(PatientFacts read) {
        return new PlanUnderReview(
                plan, goals, goalsBeside, services, appointments, tasks, medicines, prescriptions, missing, read);
    }

    /** Path of an activity. */
    String activity(int index) {
        return "CarePlan/" + plan.getIdElement().getIdPart() + ".activity[" + index + "]";
    }
}
