package eu.sinusnode.therapy.print;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** A plan for high blood pressure as it is printed; what a test changes, it changes in the records. */
final class ExamplePlan {

    static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    final CarePlan plan = new CarePlan();
    final Patient patient = new Patient();
    final List<Goal> goals = new ArrayList<>();
    final List<ServiceRequest> orders = new ArrayList<>();
    final List<MedicationRequest> prescriptions = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    final List<Appointment> appointments = new ArrayList<>();
    PrintedPlan.Contacts contacts = new PrintedPlan.Contacts("Dr. Özlem Groß", "Herzzentrum Köln", "+49 221 000000");
    boolean complete = true;

    ExamplePlan() {
        patient.addName().addGiven("Jürgen").setFamily("Weiß");
        patient.getBirthDateElement().setValueAsString("1961-03-09");
        plan.setId("CarePlan/p/_history/3");
        plan.setStatus(CarePlanStatus.ACTIVE).setTitle("Hypertension, 12 weeks");
        plan.getMeta().setLastUpdated(Date.from(Instant.parse("2026-11-20T09:00:00Z")));
        plan.setCreated(Date.from(Instant.parse("2026-11-01T09:00:00Z")));
        plan.getPeriod().getStartElement().setValueAsString("2026-11-01");
        plan.getPeriod().getEndElement().setValueAsString("2027-01-24");
        plan.addActivity()
                .getDetail()
                .setKind(CarePlanActivityKind.NUTRITIONORDER)
                .setDescription("Little salt. At most 5 g of salt a day in all, bread and ready meals included.");
        plan.addActivity()
                .getDetail()
                .setKind(CarePlanActivityKind.TASK)
                .setCode(task(Codes.THERAPY_ALERT))
                .setDescription(
                        "Stop: pain in the chest. Pain in the chest: stop and rest; if it does not go away within five"
                                + " minutes call 112. The clinic decides before training goes on.");
        goal();
        order("Blood pressure at home", "122869004", 2, UnitsOfTime.D)
                .setPatientInstruction(
                        "Sitting, after five minutes of rest, with a cuff on the upper arm: in the morning"
                                + " and in the evening.");
        order("Brisk walking", "229065009", 5, UnitsOfTime.WK)
                .getOccurrenceTiming()
                .getRepeat()
                .setDuration(30)
                .setDurationUnit(UnitsOfTime.MIN);
        prescription("Bisoprolol 2,5 mg");
        Task module = new Task().setStatus(TaskStatus.REQUESTED).setCode(task(Codes.THERAPY_EDUCATION));
        module.setDescription(
                "Module: measuring blood pressure. How to measure, what the values mean, and when to call.");
        tasks.add(module);
        Appointment call = new Appointment().setStatus(AppointmentStatus.BOOKED);
        call.setDescription("Video call every four weeks");
        call.setStart(Date.from(Instant.parse("2026-12-03T14:00:00Z")));
        appointments.add(call);
    }

    private static CodeableConcept task(String code) {
        return new CodeableConcept(new Coding(Canonicals.TASK_CODES, code, null));
    }

    private void goal() {
        Goal goal = new Goal().setLifecycleStatus(GoalLifecycleStatus.ACTIVE);
        goal.setDescription(new CodeableConcept()
                .setText("Systolic pressure 120 to 129 and diastolic pressure 70 to 79 mm[Hg], if tolerated"));
        goal.addTarget()
                .setMeasure(new CodeableConcept(new Coding(Codes.LOINC, Codes.SYSTOLIC, null)))
                .setDetail(new Range().setLow(pressure(120)).setHigh(pressure(129)))
                .setDue(new DateType("2027-01-24"));
        goals.add(goal);
    }

    static Quantity pressure(int value) {
        return new Quantity()
                .setValue(value)
                .setUnit("mm[Hg]")
                .setSystem(Codes.UCUM)
                .setCode("mm[Hg]");
    }

    ServiceRequest order(String name, String category, int frequency, UnitsOfTime unit) {
        ServiceRequest order = new ServiceRequest().setStatus(ServiceRequestStatus.ACTIVE);
        order.setCode(new CodeableConcept().setText(name));
        order.addCategory(new CodeableConcept(new Coding(Codes.SNOMED, category, null)));
        Timing timing = new Timing();
        timing.getRepeat().setFrequency(frequency).setPeriod(1).setPeriodUnit(unit);
        order.setOccurrence(timing);
        orders.add(order);
        return order;
    }

    MedicationRequest prescription(String name) {
        MedicationRequest prescription = new MedicationRequest().setStatus(MedicationRequestStatus.ACTIVE);
        prescription.setMedication(new CodeableConcept().setText(name));
        prescription.addDosageInstruction().setPatientInstruction("Mit einem Glas Wasser");
        prescription
                .getDosageInstructionFirstRep()
                .addDoseAndRate()
                .setDose(new Quantity()
                        .setValue(new BigDecimal("0.5"))
                        .setSystem(Codes.UCUM)
                        .setCode("{tbl}"));
        prescription
                .getDosageInstructionFirstRep()
                .getTiming()
                .getRepeat()
                .setFrequency(1)
                .setPeriod(1)
                .setPeriodUnit(UnitsOfTime.D)
                .addWhen(EventTiming.ACM);
        prescriptions.add(prescription);
        return prescription;
    }

    PrintedPlan printed(Optional<PlanDefinition> programme) {
        return new PrintedPlan(
                plan,
                patient,
                programme,
                goals,
                orders,
                prescriptions,
                Map.of(),
                tasks,
                appointments,
                contacts,
                complete,
                NOW,
                ZONE);
    }

    PrintedPlan printed() {
        return printed(Optional.empty());
    }
}
