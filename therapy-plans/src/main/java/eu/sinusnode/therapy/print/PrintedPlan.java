package eu.sinusnode.therapy.print;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * What is printed: a plan with the records that it names, as far as the one who prints may see them.
 *
 * @param programme what the plan was made of
 * @param medicines names of medicines that a prescription refers to, by {@code Medication/id}
 * @param complete whether every Goal, order, prescription, Task and Appointment that the plan names is here
 * @param now when it is printed
 * @param zone of the patient
 */
public record PrintedPlan(
        CarePlan plan,
        Patient patient,
        Optional<PlanDefinition> programme,
        List<Goal> goals,
        List<ServiceRequest> orders,
        List<MedicationRequest> prescriptions,
        Map<String, String> medicines,
        List<Task> tasks,
        List<Appointment> appointments,
        Contacts contacts,
        boolean complete,
        Instant now,
        ZoneId zone) {

    /**
     * Who is answerable for the plan.
     *
     * @param author name of who made it
     * @param clinic name
     * @param phone of the clinic
     */
    public record Contacts(
            @Nullable String author,
            @Nullable String clinic,
            @Nullable String phone) {}
}
