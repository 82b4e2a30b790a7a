package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Timing;

/** A patient with an active plan of a weight measurement and a prescription. */
final class RemindedPatient {

    final ExportWorld world;
    final String id;
    private final String name;

    RemindedPatient(String name) {
        this.name = name;
        this.world = new ExportWorld(name);
        this.id = world.patient("anna");
    }

    String token() {
        return RunningServer.TOKENS.patient(id);
    }

    String id(String what) {
        return Records.id(name + "-" + what);
    }

    static Timing at(Instant... when) {
        Timing timing = new Timing();
        for (Instant each : when) {
            timing.addEvent(Date.from(each));
        }
        return timing;
    }

    private Reference subject() {
        return new Reference("Patient/" + id);
    }

    ServiceRequest weight(Timing timing) {
        ServiceRequest weight = new ServiceRequest();
        weight.setId(id("weight"));
        weight.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.PLAN);
        weight.setSubject(subject()).setOccurrence(timing);
        weight.setCode(new CodeableConcept(new Coding(Codes.LOINC, "29463-7", "Body weight")));
        return weight;
    }

    MedicationRequest bisoprolol(Timing timing) {
        MedicationRequest prescription = new MedicationRequest();
        prescription.setId(id("bisoprolol"));
        prescription.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        prescription.setSubject(subject());
        prescription.setMedication(new CodeableConcept().setText("Bisoprolol 2.5 mg"));
        prescription.addDosageInstruction().setTiming(timing);
        return prescription;
    }

    CarePlan plan(CarePlanStatus status) {
        CarePlan plan = new CarePlan();
        plan.setId(id("plan"));
        plan.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Plan").setSubject(subject());
        plan.setAuthor(new Reference("Practitioner/" + Records.PRACTITIONER));
        plan.addContributor(new Reference("Organization/" + world.clinic));
        plan.getPeriod().setStartElement(new DateTimeType("2026-01-01"));
        plan.addActivity().setReference(new Reference("ServiceRequest/" + id("weight")));
        plan.addActivity().setReference(new Reference("MedicationRequest/" + id("bisoprolol")));
        return plan;
    }

    void load(org.hl7.fhir.r4.model.Resource... records) {
        RunningServer.load(Records.transaction(records));
    }

    /** Of the record, in the order of when they are due. */
    List<Task> reminders() {
        Answer answer = RunningServer.get(
                "/Task?patient=" + id + "&code=" + Canonicals.TASK_CODES + "%7C" + Codes.THERAPY_REMINDER
                        + "&_count=200",
                token());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> (Task) entry.getResource())
                .sorted(Comparator.comparing(
                        (Task task) -> task.getRestriction().getPeriod().getStart()))
                .toList();
    }

    Task reminder(String record) {
        return reminders().stream()
                .filter(task -> task.getFocus().getReference().equals(record))
                .findFirst()
                .orElseThrow();
    }
}
