package eu.sinusnode.server.therapy;

import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.apply.PatientFacts;
import eu.sinusnode.therapy.check.PlanUnderReview;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.util.function.SingletonSupplier;

/**
 * What one patient is treated by, as the caller may read it: what a plan is looked over with.
 *
 * @param patient id
 * @param records where those that a plan names are
 * @param active plans that hold, by path
 * @param prescribed what the patient is to take, whatever plan it belongs to, by path
 * @param prescriptions what is known of a patient of whom nothing else was asked
 * @param facts what else is known, which is asked for where a plan has somebody train: some twelve searches
 */
record PatientTherapy(
        String patient,
        Readable records,
        Map<String, CarePlan> active,
        Map<String, Prescription> prescribed,
        PatientFacts prescriptions,
        Supplier<PatientFacts> facts) {

    /**
     * @param patient id
     * @param active plans that hold, as the caller reads them
     * @param records where what they name is
     * @param partlyFound types of which the caller's searches do not find all
     */
    static PatientTherapy read(
            String patient,
            List<CarePlan> active,
            OwnRequests own,
            Readable records,
            Set<String> partlyFound,
            Instant now) {
        RecordReader reader = new RecordReader(own, partlyFound);
        Set<String> withheld = new HashSet<>(partlyFound);
        Map<String, Prescription> prescribed = new LinkedHashMap<>();
        reader.prescriptions(patient, withheld).stream()
                .filter(each -> MedicineProposal.isPrescribed(each.request()))
                .forEach(each -> prescribed.put(each.path(), each));
        Map<String, CarePlan> plans = new LinkedHashMap<>();
        active.forEach(plan -> plans.put(path(plan), plan));
        String path = "Patient/" + patient;
        return new PatientTherapy(
                patient,
                records,
                plans,
                prescribed,
                PatientFacts.ofPrescriptions(path, now, !withheld.contains("MedicationRequest")),
                SingletonSupplier.of(() -> FactReader.read(reader.read(own.read(Patient.class, path), now), now)));
    }

    /** As it will be once a request has been stored, which may be about other patients, too. */
    PatientTherapy with(RecordsToBe written) {
        Map<String, CarePlan> plans = new LinkedHashMap<>(active);
        Map<String, Prescription> then = new LinkedHashMap<>(prescribed);
        written.paths().forEach(path -> {
            plans.remove(path);
            then.remove(path);
        });
        written.all(CarePlan.class)
                .filter(plan -> isOf(plan.getSubject()))
                .filter(plan -> plan.getStatus() == CarePlanStatus.ACTIVE)
                .forEach(plan -> plans.put(path(plan), plan));
        PrescriptionReader reader = new PrescriptionReader(written);
        written.all(MedicationRequest.class)
                .filter(request -> isOf(request.getSubject()))
                .filter(MedicineProposal::isPrescribed)
                .map(reader::of)
                .forEach(prescription -> then.put(prescription.path(), prescription));
        return new PatientTherapy(patient, written, plans, then, prescriptions, facts);
    }

    private boolean isOf(Reference subject) {
        return ResourceIds.referenced(subject, "Patient")
                .filter(patient::equals)
                .isPresent();
    }

    /** A plan, which may be a draft, beside what holds. */
    PlanUnderReview underReview(CarePlan plan, PlanRecords of) {
        PlanUnderReview review = new PlanUnderReview(
                plan,
                of.all(Goal.class),
                active.values().stream()
                        .filter(other -> !path(other).equals(path(plan)))
                        .flatMap(other -> PlanRecords.goals(other, records).stream())
                        .filter(goal -> !of.all(Goal.class).contains(goal))
                        .distinct()
                        .toList(),
                of.all(ServiceRequest.class),
                of.all(Appointment.class),
                of.all(Task.class),
                of.all(MedicationRequest.class),
                of.prescriptions(List.copyOf(prescribed.values()), records),
                of.missing(),
                prescriptions);
        return review.hasTraining() ? review.with(facts.get()) : review;
    }

    static String path(CarePlan plan) {
        return "CarePlan/" + plan.getIdElement().getIdPart();
    }
}
