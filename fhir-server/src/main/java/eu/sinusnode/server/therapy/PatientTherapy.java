package eu.sinusnode.server.therapy;

import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.apply.PatientFacts;
import eu.sinusnode.therapy.apply.PatientRecord;
import eu.sinusnode.therapy.check.PlanUnderReview;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * What a patient is treated by, as the caller may read it: what a plan is looked over with.
 *
 * @param records where those that a plan names are
 * @param active plans that hold, by path
 * @param prescribed what the patient is to take, whatever plan it belongs to, by path
 */
record PatientTherapy(
        Readable records, Map<String, CarePlan> active, Map<String, Prescription> prescribed, PatientFacts facts) {

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
        PatientRecord record =
                new RecordReader(own, partlyFound).read(own.read(Patient.class, "Patient/" + patient), now);
        Map<String, Prescription> prescribed = new LinkedHashMap<>();
        record.medication().stream()
                .filter(each -> MedicineProposal.isPrescribed(each.request()))
                .forEach(each -> prescribed.put(each.path(), each));
        Map<String, CarePlan> plans = new LinkedHashMap<>();
        active.forEach(plan -> plans.put(path(plan), plan));
        return new PatientTherapy(records, plans, prescribed, FactReader.read(record, now));
    }

    /** As it will be once a request has been stored. */
    PatientTherapy with(RecordsToBe written) {
        Map<String, CarePlan> plans = new LinkedHashMap<>(active);
        Map<String, Prescription> prescriptions = new LinkedHashMap<>(prescribed);
        written.paths().forEach(path -> {
            plans.remove(path);
            prescriptions.remove(path);
        });
        written.all(CarePlan.class)
                .filter(plan -> plan.getStatus() == CarePlanStatus.ACTIVE)
                .forEach(plan -> plans.put(path(plan), plan));
        PrescriptionReader reader = new PrescriptionReader(written);
        written.all(MedicationRequest.class)
                .filter(MedicineProposal::isPrescribed)
                .map(reader::of)
                .forEach(prescription -> prescriptions.put(prescription.path(), prescription));
        return new PatientTherapy(written, plans, prescriptions, facts);
    }

    /** A plan, which may be a draft, beside what holds. */
    PlanUnderReview underReview(CarePlan plan, PlanRecords of) {
        return new PlanUnderReview(
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
                facts);
    }

    static String path(CarePlan plan) {
        return "CarePlan/" + plan.getIdElement().getIdPart();
    }
}
