package eu.sinusnode.therapy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.Fact;
import eu.sinusnode.therapy.apply.NamedInput;
import eu.sinusnode.therapy.apply.PatientFacts;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReviewTest {

    private static final PlanReview REVIEW = new PlanReview(FhirContext.forR4Cached());

    private final CarePlan plan = (CarePlan) new CarePlan().setId("CarePlan/p");
    private final List<Goal> goals = new ArrayList<>();
    private final List<Appointment> appointments = new ArrayList<>();
    private final List<ServiceRequest> services = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Prescription> prescriptions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<NamedInput, Fact> facts = new EnumMap<>(NamedInput.class);

    private List<PlanRule> broken() {
        return findings().stream().map(Finding::rule).toList();
    }

    private List<Finding> findings() {
        return REVIEW.findings(new PlanUnderReview(
                plan,
                goals,
                List.of(),
                services,
                appointments,
                tasks,
                prescriptions.stream().map(Prescription::request).toList(),
                prescriptions.stream()
                        .filter(each -> !MedicineProposal.is(each.request()))
                        .toList(),
                missing,
                new PatientFacts("Patient/1", Instant.parse("2026-11-27T10:00:00Z"), facts, List.of(), true)));
    }

    @Test
    void aPlanWithoutFaultsHasNone() {
        goal("8480-6", range(120, 129, "mm[Hg]"));
        goal("8462-4", range(70, 79, "mm[Hg]"));
        training("229065009", ServiceRequestStatus.DRAFT);
        fit();
        task(Codes.THERAPY_QUESTION, TaskStatus.COMPLETED, "question-below-85");
        task(Codes.THERAPY_EDUCATION, TaskStatus.DRAFT, "education");
        prescribe("C07AB02", null, null).addDoseAndRate().setDose(new Quantity(1).setUnit("tablet"));
        prescribe("C09AA05", null, null);
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "120-129, 130-139, true",
        "120-129, 129-139, false",
        "120-129, <120, true",
        "120-129, <=120, false",
        "120-129, >129, true",
        "120-129, >=129, false",
        "120-129, 125, false",
        "120-129, 135, true",
        "<140, >150, true",
        "<140, <130, false",
        "7000-, <5000, true",
        "7000-, 6000-, false"
    })
    void goalsOfOneMeasureHaveValuesInCommon(String one, String other, boolean contradict) {
        goal("8480-6", detail(one));
        goal("8480-6", detail(other));
        assertThat(broken().contains(PlanRule.GOALS_CONTRADICT)).isEqualTo(contradict);
        goals.get(1).setLifecycleStatus(GoalLifecycleStatus.CANCELLED);
        assertThat(broken()).isEmpty();
    }

    @Test
    void goalsOfOtherMeasuresOrUnitsAreNotCompared() {
        goal("8480-6", range(120, 129, "mm[Hg]"));
        goal("8462-4", range(70, 79, "mm[Hg]"));
        goal("8480-6", range(16, 17, "kPa"));
        assertThat(broken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-03-31, 2026-04-01, 2026-06-30, false",
        "2026-01-01, 2026-04-01, 2026-04-01, 2026-06-30, true",
        "2026-01-01, , 2026-04-01, 2026-06-30, true",
        ", 2026-03-31, 2026-04-01, , false",
        ", , , , true"
    })
    void whatIsPrescribedTwiceOverlapsInTime(
            @Nullable String start, @Nullable String end, @Nullable String from, @Nullable String to, boolean twice) {
        prescribe("C07AB02", start, end);
        prescribe("C07AB02", from, to);
        assertThat(broken().contains(PlanRule.SAME_SUBSTANCE_TWICE)).isEqualTo(twice);
    }

    @Test
    void oneGroupIsNotOneSubstanceAndOnePackageIsRefused() {
        prescribe("C07", null, null);
        prescribe("C07", null, null);
        assertThat(broken()).isEmpty();
        Coding pzn = new Coding("http://fhir.de/CodeSystem/ifa/pzn", "01234567", null);
        prescriptions.add(new Prescription(new MedicationRequest(), List.of(pzn)));
        prescriptions.add(new Prescription(new MedicationRequest(), List.of(pzn)));
        assertThat(broken()).containsExactly(PlanRule.SAME_PACKAGE_TWICE);
        assertThat(PlanRule.SAME_PACKAGE_TWICE.refuses()).isTrue();
        assertThat(PlanRule.SAME_SUBSTANCE_TWICE.refuses()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PROPOSAL, DRAFT, false, .status",
        "PROPOSAL, DRAFT, true, .status",
        "PROPOSAL, ACTIVE, true, .status",
        "PROPOSAL, ONHOLD, true, .status",
        "PROPOSAL, , true, .status",
        "PROPOSAL, CANCELLED, false, ",
        "PROPOSAL, ENTEREDINERROR, false, ",
        "ORDER, DRAFT, true, .status",
        "PLAN, DRAFT, true, .status",
        "ORDER, ACTIVE, true, ",
        "PLAN, ACTIVE, true, ",
        "ORDER, ACTIVE, false, .dosageInstruction",
        "ORDER, STOPPED, false, "
    })
    void aProposedMedicineIsPrescribedWithADoseOrDeclined(
            MedicationRequestIntent intent,
            @Nullable MedicationRequestStatus status,
            boolean dosed,
            @Nullable String element) {
        prescribe("C10AA", null, null).setText("1-0-0-0");
        MedicationRequest request = prescriptions.get(0).request();
        request.addIdentifier().setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER).setValue("key.propose-statin");
        request.setStatus(status).setIntent(intent);
        if (!dosed) {
            request.getDosageInstruction().clear();
        }
        if (element == null) {
            assertThat(findings()).isEmpty();
        } else {
            assertThat(findings())
                    .extracting(Finding::rule, Finding::element)
                    .containsExactly(tuple(PlanRule.UNDECIDED_PROPOSAL, "MedicationRequest/m0" + element));
            assertThat(PlanRule.UNDECIDED_PROPOSAL.refuses()).isTrue();
        }
    }

    @Test
    void aDoseHasAUnit() {
        Dosage dosage = prescribe("C07AB02", null, null);
        dosage.addDoseAndRate().setDose(new Quantity(95));
        dosage.addDoseAndRate()
                .setDose(new Range().setLow(new Quantity(1).setUnit("mg")).setHigh(new Quantity(2)));
        dosage.addDoseAndRate().setDose(new Quantity(95).setSystem(Codes.UCUM).setCode("mg"));
        assertThat(findings())
                .extracting(Finding::rule, Finding::element)
                .containsExactly(
                        tuple(
                                PlanRule.DOSE_WITHOUT_UNIT,
                                "MedicationRequest/m0.dosageInstruction[0].doseAndRate[0].dose"),
                        tuple(
                                PlanRule.DOSE_WITHOUT_UNIT,
                                "MedicationRequest/m0.dosageInstruction[0].doseAndRate[1].dose"));
    }

    @Test
    void trainingWithAContraindicationIsUnsafe() {
        fit();
        facts.put(NamedInput.UNSTABLE_ANGINA, known(new BooleanType(true)));
        assertThat(broken()).as("without training").isEmpty();
        training("229065009", ServiceRequestStatus.DRAFT);
        assertThat(broken()).containsExactly(PlanRule.UNSAFE_TRAINING);
        services.get(0).setStatus(ServiceRequestStatus.REVOKED);
        assertThat(broken()).as("taken out").isEmpty();
    }

    /** Whatever record has somebody train, as long as it is not over. */
    @ParameterizedTest
    @CsvSource({
        "ServiceRequest, 229065009, draft, true",
        "ServiceRequest, 229065009, active, true",
        "ServiceRequest, 229065009, on-hold, true",
        "ServiceRequest, 229065009, revoked, false",
        "ServiceRequest, 229065009, completed, false",
        "ServiceRequest, 229065009, entered-in-error, false",
        "ServiceRequest, 386619000, active, false",
        "Appointment, 229065009, proposed, true",
        "Appointment, 229065009, booked, true",
        "Appointment, 229065009, fulfilled, false",
        "Appointment, 229065009, cancelled, false",
        "Appointment, 229065009, noshow, false",
        "Appointment, 229065009, entered-in-error, false",
        "Appointment, 386619000, booked, false",
        "CarePlan, 229065009, not-started, true",
        "CarePlan, 229065009, in-progress, true",
        "CarePlan, 229065009, cancelled, false",
        "CarePlan, 229065009, stopped, false",
        "CarePlan, 229065009, completed, false",
        "CarePlan, 386619000, in-progress, false"
    })
    void trainingIsTrainingInWhateverRecord(String type, String code, String status, boolean unsafe) {
        fit();
        facts.put(NamedInput.ACUTE_HEART_FAILURE, known(new BooleanType(true)));
        CodeableConcept concept = new CodeableConcept(new Coding(Codes.SNOMED, code, null));
        String element =
                switch (type) {
                    case "ServiceRequest" -> {
                        ServiceRequest request = new ServiceRequest()
                                .setStatus(ServiceRequestStatus.fromCode(status))
                                .setCode(concept);
                        request.setId("ServiceRequest/s");
                        services.add(request);
                        yield "ServiceRequest/s";
                    }
                    case "Appointment" -> {
                        Appointment call = new Appointment().setStatus(AppointmentStatus.fromCode(status));
                        call.addServiceType(concept).setId("Appointment/a");
                        appointments.add(call);
                        yield "Appointment/a";
                    }
                    default -> {
                        plan.addActivity()
                                .getDetail()
                                .setCode(concept)
                                .setStatus(CarePlanActivityStatus.fromCode(status));
                        yield "CarePlan/p.activity[0].detail";
                    }
                };
        if (unsafe) {
            assertThat(findings())
                    .extracting(Finding::rule, Finding::element)
                    .containsExactly(tuple(PlanRule.UNSAFE_TRAINING, element));
        } else {
            assertThat(findings()).isEmpty();
        }
    }

    @Test
    void whatIsNotToBeDoneIsNoTraining() {
        facts.put(NamedInput.ACUTE_HEART_FAILURE, known(new BooleanType(true)));
        plan.addActivity()
                .getDetail()
                .setCode(new CodeableConcept(new Coding(Codes.SNOMED, "229065009", null)))
                .setDoNotPerform(true);
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatIsNotKnownOfTrainingIsAnsweredFirst() {
        fit();
        facts.put(NamedInput.UNSTABLE_ANGINA, new Fact.Unknown("it is not known"));
        training("229065009", ServiceRequestStatus.DRAFT);
        assertThat(broken()).containsExactly(PlanRule.OPEN_QUESTION);
        task(Codes.THERAPY_QUESTION, TaskStatus.COMPLETED, "question-resting-rate");
        assertThat(broken()).as("another question").containsExactly(PlanRule.OPEN_QUESTION);
        task(Codes.THERAPY_QUESTION, TaskStatus.COMPLETED, "question-no-unstable-angina");
        assertThat(broken()).isEmpty();
        facts.put(NamedInput.UNSTABLE_ANGINA, known(new BooleanType(true)));
        assertThat(broken()).as("an answer is not stronger than the record").containsExactly(PlanRule.UNSAFE_TRAINING);
    }

    @ParameterizedTest
    @CsvSource({
        "therapy-question, REQUESTED, true",
        "therapy-question, REJECTED, true",
        "therapy-question, COMPLETED, false",
        "therapy-alert, REQUESTED, true",
        "therapy-alert, COMPLETED, false",
        "therapy-education, DRAFT, false",
        "therapy-questionnaire, DRAFT, false"
    })
    void aPlanWaitsForAnswers(String code, TaskStatus status, boolean waits) {
        task(code, status, "x");
        assertThat(broken().contains(PlanRule.OPEN_QUESTION)).isEqualTo(waits);
    }

    @Test
    void whatCannotBeReadCannotBeLookedOver() {
        missing.add("Goal/9");
        assertThat(findings())
                .containsExactly(
                        new Finding(PlanRule.PART_MISSING, "Goal/9", "the plan names it, and it cannot be read"));
    }

    private void fit() {
        facts.put(NamedInput.SYSTOLIC, known(new DecimalType(130)));
        facts.put(NamedInput.DIASTOLIC, known(new DecimalType(80)));
        facts.put(NamedInput.RESTING_HEART_RATE, known(new DecimalType(70)));
        facts.put(NamedInput.UNSTABLE_ANGINA, known(new BooleanType(false)));
        facts.put(NamedInput.ACUTE_INFLAMMATION, known(new BooleanType(false)));
        facts.put(NamedInput.ACUTE_HEART_FAILURE, known(new BooleanType(false)));
        facts.put(NamedInput.NYHA_CLASS, known(new IntegerType(2)));
        facts.put(NamedInput.CHEST_PAIN, known(new BooleanType(false)));
    }

    private static Fact known(PrimitiveType<?> value) {
        return new Fact.Known(value, "it is known", List.of());
    }

    private void goal(String loinc, Type detail) {
        Goal goal = new Goal();
        goal.setId("Goal/g" + goals.size());
        goal.setLifecycleStatus(GoalLifecycleStatus.PROPOSED);
        goal.addTarget()
                .setMeasure(new CodeableConcept(new Coding(Codes.LOINC, loinc, null)))
                .setDetail(detail);
        goals.add(goal);
    }

    private static Type detail(String words) {
        if (words.matches("[<>]=?\\d+")) {
            String comparator = words.replaceAll("\\d", "");
            return quantity(words.replaceAll("\\D", "")).setComparator(QuantityComparator.fromCode(comparator));
        }
        if (words.contains("-")) {
            Range range = new Range().setLow(quantity(words.replaceAll("-.*", "")));
            String high = words.replaceAll(".*-", "");
            return high.isEmpty() ? range : range.setHigh(quantity(high));
        }
        return quantity(words);
    }

    private static Quantity quantity(String value) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setSystem(Codes.UCUM)
                .setCode("mm[Hg]");
    }

    private static Range range(int low, int high, String unit) {
        return new Range()
                .setLow(quantity(String.valueOf(low)).setCode(unit))
                .setHigh(quantity(String.valueOf(high)).setCode(unit));
    }

    private Dosage prescribe(String atc, @Nullable String start, @Nullable String end) {
        MedicationRequest request = new MedicationRequest();
        request.setId("MedicationRequest/m" + prescriptions.size());
        Dosage dosage = request.addDosageInstruction();
        if (start != null || end != null) {
            Period period = new Period();
            period.getStartElement().setValueAsString(start);
            period.getEndElement().setValueAsString(end);
            dosage.getTiming().getRepeat().setBounds(period);
        }
        prescriptions.add(
                new Prescription(request, List.of(new Coding("http://fhir.de/CodeSystem/bfarm/atc", atc, null))));
        return dosage;
    }

    private void training(String category, ServiceRequestStatus status) {
        ServiceRequest request = new ServiceRequest().setStatus(status);
        request.setId("ServiceRequest/s" + services.size());
        request.addCategory().addCoding(new Coding(Codes.SNOMED, category, null));
        services.add(request);
    }

    private void task(String code, TaskStatus status, String part) {
        Task task = new Task().setStatus(status);
        task.setId("Task/t" + tasks.size());
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, code, null)));
        task.addIdentifier().setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER).setValue("key." + part);
        tasks.add(task);
    }
}
