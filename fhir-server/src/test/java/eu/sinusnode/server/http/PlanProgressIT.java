package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CarePlan/$progress}: ten days of a plan with pressures twice a day, a tablet each morning and a goal. */
class PlanProgressIT extends RunningServer {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int DAYS = 10;
    private static final LocalDate START = LocalDate.now(ZONE).minusDays(DAYS);
    private static int wards;

    private String name = "";
    private String patient = "";
    private String clinician = "";
    private String plan = "";

    @BeforeEach
    void aPlanOfTenDays() {
        name = "plan-progress-" + wards++;
        patient = Ward.open(name);
        clinician = TOKENS.clinician(Records.CLINIC);
        prescription("morning", EventTiming.MORN);
        goal();
        plan = Records.id(name + "-plan");
        load(Records.transaction(plan(CarePlanStatus.ACTIVE)));
    }

    private CarePlan plan(CarePlanStatus status) {
        CarePlan written = new CarePlan();
        written.setId(Records.id(name + "-plan"));
        written.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Pressure at home");
        written.setSubject(new Reference("Patient/" + patient));
        written.getPeriod().getStartElement().setValueAsString(START.toString());
        CarePlan.CarePlanActivityDetailComponent pressures =
                written.addActivity().getDetail();
        pressures.setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS).setDescription("Pressure twice a day");
        pressures.setCode(loinc(Codes.BLOOD_PRESSURE_PANEL));
        Timing twice = new Timing();
        twice.getRepeat().setFrequency(2).setPeriod(1).setPeriodUnit(UnitsOfTime.D);
        pressures.setScheduled(twice);
        written.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("Little salt")
                .setCode(new CodeableConcept().setText("Salt"));
        written.addActivity().setReference(new Reference("MedicationRequest/" + Records.id(name + "-morning")));
        written.addGoal(new Reference("Goal/" + Records.id(name + "-aim")));
        return written;
    }

    private void prescription(String part, EventTiming when) {
        MedicationRequest request = new MedicationRequest();
        request.setId(Records.id(name + "-" + part));
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        request.setMedication(bisoprolol());
        request.setSubject(new Reference("Patient/" + patient));
        request.getAuthoredOnElement().setValueAsString(START.toString());
        request.addDosageInstruction().getTiming().getRepeat().addWhen(when);
        load(Records.transaction(request));
    }

    private static CodeableConcept bisoprolol() {
        return new CodeableConcept()
                .setText("Bisoprolol 2.5 mg")
                .addCoding(new Coding("http://fhir.de/CodeSystem/bfarm/atc", "C07AB07", null));
    }

    private void goal() {
        Goal goal = Ward.newGoal(patient, "Pressure below 130");
        goal.setId(Records.id(name + "-aim"));
        goal.addTarget()
                .setMeasure(loinc(Codes.SYSTOLIC))
                .setDetail(pressure(130).setComparator(Quantity.QuantityComparator.LESS_THAN));
        load(Records.transaction(goal));
    }

    private static CodeableConcept loinc(String code) {
        return new CodeableConcept(new Coding(Codes.LOINC, code, null));
    }

    private static Quantity pressure(int value) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(value))
                .setUnit("mmHg")
                .setSystem(Codes.UCUM)
                .setCode("mm[Hg]");
    }

    private static DateTimeType at(int day, int hour) {
        return Records.at(START.plusDays(day).atTime(hour, 0).atZone(ZONE).toInstant());
    }

    private Observation pressures(int day, int hour, int systolic) {
        Observation observation = Records.heartRate(patient, Records.id(name + "-cuff"), name + day + "-" + hour);
        observation
                .setCode(loinc(Codes.BLOOD_PRESSURE_PANEL))
                .setEffective(at(day, hour))
                .setValue(null);
        observation.addComponent().setCode(loinc(Codes.SYSTOLIC)).setValue(pressure(systolic));
        observation.addComponent().setCode(loinc(Codes.DIASTOLIC)).setValue(pressure(80));
        return observation;
    }

    private MedicationAdministration intake(int day, MedicationAdministrationStatus status) {
        MedicationAdministration intake = new MedicationAdministration();
        intake.setStatus(status).setMedication(bisoprolol()).setSubject(new Reference("Patient/" + patient));
        intake.setEffective(at(day, 9));
        intake.setRequest(new Reference("MedicationRequest/" + Records.id(name + "-morning")));
        return intake;
    }

    private static String clinicSystem() {
        return TOKENS.clinicSystem(Records.CLINIC);
    }

    private Answer progress(String token) {
        return get("/CarePlan/" + plan + "/$progress", token);
    }

    private static List<Map<String, Type>> parts(Answer answer, String parameter) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Parameters) answer.resource())
                .getParameter().stream()
                        .filter(each -> each.getName().equals(parameter))
                        .map(PlanProgressIT::parts)
                        .toList();
    }

    private static Map<String, Type> parts(ParametersParameterComponent parameter) {
        Map<String, Type> parts = new TreeMap<>();
        parameter.getPart().forEach(part -> parts.put(part.getName(), part.getValue()));
        return parts;
    }

    private static String text(Map<String, Type> parts, String part) {
        Type value = parts.get(part);
        return value == null ? "" : value.primitiveValue();
    }

    @Test
    void whatWasKeptIsCountedAndTargetsAreJudged() {
        // Both on the first day, one on the second, none on the third; one with an error does not count, nor do
        // today's.
        Observation wrong = pressures(2, 8, 300);
        wrong.setStatus(ObservationStatus.ENTEREDINERROR);
        load(Records.transaction(
                pressures(0, 8, 150),
                pressures(0, 20, 150),
                pressures(1, 8, 150),
                wrong,
                pressures(8, 8, 128),
                pressures(9, 8, 124)));
        load(Records.transaction(
                intake(0, MedicationAdministrationStatus.COMPLETED),
                intake(1, MedicationAdministrationStatus.COMPLETED),
                intake(2, MedicationAdministrationStatus.NOTDONE)));
        for (String token : List.of(clinician, TOKENS.patient(patient), clinicSystem())) {
            Answer answer = progress(token);
            List<Map<String, Type>> activities = parts(answer, "activity");
            assertThat(activities)
                    .extracting(parts -> text(parts, "name"))
                    .containsExactly("Pressure twice a day", "Little salt", "Bisoprolol 2.5 mg");
            assertThat(activities.get(0))
                    .extractingByKeys("planned", "kept", "proportionKept", "proportionOfDaysCovered")
                    .extracting(Type::primitiveValue)
                    .containsExactly("20", "5", "0.250", "0.100");
            assertThat(text(activities.get(1), "notComputable")).isEqualTo("No measurement tells whether it was done.");
            assertThat(activities.get(2))
                    .extractingByKeys("kind", "planned", "kept", "proportionOfDaysCovered")
                    .extracting(Type::primitiveValue)
                    .containsExactly("medication", "10", "2", "0.200");
            Map<String, Type> target = parts(answer, "target").get(0);
            assertThat(text(target, "reached")).isEqualTo("true");
            assertThat(target.get("value")).isInstanceOfSatisfying(Quantity.class, value -> assertThat(value.getValue())
                    .isEqualByComparingTo("126.0"));
            assertThat(text(target, "values")).isEqualTo("2");
            Attachment chart = (Attachment)
                    ((Parameters) answer.resource()).getParameter("chart").getValue();
            assertThat(new String(chart.getData(), StandardCharsets.UTF_8)).contains("5 of 20");
        }
    }

    private void aimed(String what, String loinc, Type detail) {
        Goal goal = Ward.newGoal(patient, what);
        goal.setId(Records.id(name + "-" + what));
        goal.addTarget().setMeasure(loinc(loinc)).setDetail(detail);
        CarePlan aiming = plan(CarePlanStatus.ACTIVE);
        aiming.setGoal(List.of(new Reference("Goal/" + Records.id(name + "-" + what))));
        load(Records.transaction(goal, aiming));
    }

    private static Quantity ucum(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    /** Of whatever time: by a clinic, and final. */
    private Observation observed(String loinc, int day, Type value) {
        Observation observation = new Observation();
        observation.setStatus(ObservationStatus.FINAL).setCode(loinc(loinc));
        observation.setSubject(new Reference("Patient/" + patient));
        observation.addPerformer(new Reference("Organization/" + Records.CLINIC));
        return observation.setEffective(at(day, 8)).setValue(value);
    }

    private Map<String, Type> target() {
        return parts(progress(clinician), "target").get(0);
    }

    @Test
    void theGoalNotToSmokeIsJudgedByTheNewestStatus() {
        aimed("no-smoking", Codes.SMOKING_STATUS, snomed("8517006"));
        assertThat(text(target(), "notComputable")).isEqualTo("Nothing was stated in the last 84 days.");
        load(Records.transaction(observed(Codes.SMOKING_STATUS, 1, snomed("449868002"))));
        assertThat(text(target(), "reached")).isEqualTo("false");
        load(Records.transaction(observed(Codes.SMOKING_STATUS, 6, snomed("8517006"))));
        assertThat(text(target(), "reached")).isEqualTo("true");
        assertThat(target().get("value")).isInstanceOfSatisfying(CodeableConcept.class, value -> assertThat(
                        value.getCodingFirstRep().getCode())
                .isEqualTo("8517006"));
        load(Records.transaction(observed(Codes.SMOKING_STATUS, 8, snomed("266927001"))));
        assertThat(text(target(), "notComputable"))
                .isEqualTo("The newest status does not say whether the patient smokes.");
        assertThat(target()).doesNotContainKey("reached");
    }

    private static CodeableConcept snomed(String code) {
        return new CodeableConcept(new Coding(Codes.SNOMED, code, null));
    }

    @Test
    void stepsOfWholeDaysCountByWhicheverCodeTheyCome() {
        Range goal = new Range().setLow(ucum("7000", "{steps}/(24.h)"));
        aimed("steps", Codes.STEPS_A_DAY, goal);
        load(Records.transaction(steps(Codes.STEPS, 7, 1, "9000", "{steps}")));
        assertThat(text(target(), "notComputable")).isEqualTo("Steps were counted over other times than days.");
        load(Records.transaction(
                steps(Codes.STEPS, 8, 24, "8001", "{steps}"), steps(Codes.STEPS_A_DAY, 7, 24, "6000", "/d")));
        assertThat(target())
                .extractingByKeys("values", "reached")
                .extracting(Type::primitiveValue)
                .containsExactly("2", "true");
        assertThat(target().get("value")).isInstanceOfSatisfying(Quantity.class, value -> assertThat(value.getValue())
                .isEqualByComparingTo("7000.5"));
    }

    private Observation steps(String code, int day, int hours, String value, String unit) {
        Observation steps = observed(code, day, ucum(value, unit));
        Instant start = START.plusDays(day).atStartOfDay(ZONE).toInstant();
        Period period = new Period();
        period.setStartElement(Records.at(start));
        period.setEndElement(Records.at(start.plus(Duration.ofHours(hours))));
        return steps.setEffective(period);
    }

    @Test
    void anLdlCholesterolInMassIsToldInTheGoalsUnit() {
        aimed("ldl", "22748-8", ucum("1.4", "mmol/L").setComparator(Quantity.QuantityComparator.LESS_THAN));
        load(Records.transaction(laboratory("22748-8", 1, "1.6", "mmol/L"), laboratory("13457-7", 5, "53", "mg/dL")));
        assertThat(target())
                .extractingByKeys("basis", "reached")
                .extracting(Type::primitiveValue)
                .containsExactly("newest", "true");
        assertThat(target().get("value")).isInstanceOfSatisfying(Quantity.class, value -> {
            assertThat(value.getValue()).isEqualByComparingTo("1.37");
            assertThat(value.getCode()).isEqualTo("mmol/L");
        });
    }

    private Observation laboratory(String code, int day, String value, String unit) {
        Observation laboratory = observed(code, day, ucum(value, unit));
        laboratory.addCategory().addCoding(new Coding(Codes.OBSERVATION_CATEGORY, "laboratory", null));
        return laboratory;
    }

    @Test
    void minutesCountInATrainingAndByThemselves() {
        aimed("minutes", Codes.EXERCISE_DURATION, new Range().setLow(ucum("150", "min/wk")));
        Observation training = observed(Codes.EXERCISE_ACTIVITY, 6, loinc("LA11834-1"));
        training.addComponent().setCode(loinc(Codes.EXERCISE_DURATION)).setValue(ucum("90", "min"));
        load(Records.transaction(training, observed(Codes.EXERCISE_DURATION, 8, ucum("60", "min"))));
        assertThat(target())
                .extractingByKeys("basis", "values", "reached")
                .extracting(Type::primitiveValue)
                .containsExactly("sum", "2", "true");
    }

    private Task reminded(String record, int day, TaskStatus status) {
        Task task = new Task();
        task.setId(Records.id(name + record + day));
        task.setStatus(status).setIntent(TaskIntent.INSTANCEORDER);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_REMINDER, null)));
        task.addBasedOn(new Reference("CarePlan/" + plan))
                .setFocus(new Reference(record))
                .setDescription("Please do it");
        task.setFor(new Reference("Patient/" + patient)).setOwner(new Reference("Patient/" + patient));
        task.setAuthoredOn(at(day, 16).getValue()).setLastModified(at(day, 17).getValue());
        task.getRestriction()
                .setPeriod(new Period().setStartElement(at(day, 17)).setEndElement(at(day + 1, 17)));
        task.addInput()
                .setType(new CodeableConcept(new Coding(Canonicals.REMINDER_DETAILS, Codes.PLANNED_TIME, null)))
                .setValue(at(day, 17));
        return task;
    }

    /** Walking for half an hour a day. */
    private String walking() {
        ServiceRequest walk = new ServiceRequest();
        walk.setId(Records.id(name + "-walk"));
        walk.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.PLAN);
        walk.addCategory(snomed("229065009")).setCode(snomed("229065009").setText("Brisk walking"));
        walk.setSubject(new Reference("Patient/" + patient));
        Timing timing = new Timing();
        timing.getRepeat()
                .setFrequency(1)
                .setPeriod(1)
                .setPeriodUnit(UnitsOfTime.D)
                .setDuration(30)
                .setDurationUnit(UnitsOfTime.MIN);
        walk.setOccurrence(timing);
        load(Records.transaction(walk));
        return "ServiceRequest/" + Records.id(name + "-walk");
    }

    @Test
    void trainingThatIsAnsweredByDoneIsReportedMinutesOfDaysWithoutMeasuredOnes() {
        String walk = walking();
        Goal goal = Ward.newGoal(patient, "Minutes");
        goal.setId(Records.id(name + "-minutes"));
        goal.addTarget()
                .setMeasure(loinc(Codes.EXERCISE_DURATION))
                .setDetail(new Range().setLow(ucum("100", "min/wk")));
        CarePlan aiming = plan(CarePlanStatus.ACTIVE);
        aiming.addActivity().setReference(new Reference(walk));
        aiming.setGoal(List.of(new Reference("Goal/" + Records.id(name + "-minutes"))));
        load(Records.transaction(goal, aiming));
        assertThat(text(target(), "notComputable")).isEqualTo("Nothing was measured in the last 7 days.");
        load(Records.transaction(
                reminded(walk, 1, TaskStatus.COMPLETED),
                reminded(walk, 6, TaskStatus.COMPLETED),
                reminded(walk, 7, TaskStatus.COMPLETED),
                reminded(walk, 8, TaskStatus.REJECTED),
                reminded("MedicationRequest/" + Records.id(name + "-morning"), 8, TaskStatus.COMPLETED)));
        assertThat(minutes("value")).as("of two days; one is long ago").isEqualByComparingTo("60");
        assertThat(minutes("reported")).isEqualByComparingTo("60");
        assertThat(text(target(), "reached")).isEqualTo("false");

        load(Records.transaction(observed(Codes.EXERCISE_DURATION, 7, ucum("45", "min"))));
        assertThat(minutes("value"))
                .as("measured on one day, reported of the other")
                .isEqualByComparingTo("75");
        assertThat(minutes("reported")).isEqualByComparingTo("30");
        assertThat(text(parts(progress(clinicSystem()), "target").get(0), "notComputable"))
                .as("what it may not see is not taken for nothing")
                .isEqualTo("Not all that was answered can be read.");
        load(Records.transaction(observed(Codes.EXERCISE_DURATION, 6, ucum("55", "min"))));
        assertThat(minutes("value")).isEqualByComparingTo("100");
        assertThat(target()).doesNotContainKey("reported");
        assertThat(text(target(), "reached")).isEqualTo("true");
        assertThat(letter()).contains("100 minutes a week in the last seven days (2 values)");
    }

    private BigDecimal minutes(String part) {
        return ((Quantity) Objects.requireNonNull(target().get(part))).getValue();
    }

    private Task task(String part, String code, String description, int everyDays) {
        Task task = new Task();
        task.setId(Records.id(name + "-" + part));
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.PLAN).setDescription(description);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, code, null)));
        task.setFor(new Reference("Patient/" + patient));
        if (everyDays > 0) {
            Timing timing = new Timing();
            timing.getRepeat().setFrequency(1).setPeriod(everyDays).setPeriodUnit(UnitsOfTime.D);
            task.addInput().setType(task.getCode()).setValue(timing);
        }
        return task;
    }

    private QuestionnaireResponse answered(String questionnaire, int day, QuestionnaireResponseStatus status) {
        QuestionnaireResponse answers = new QuestionnaireResponse();
        answers.setStatus(status).setQuestionnaire(questionnaire);
        answers.setSubject(new Reference("Patient/" + patient)).setSource(new Reference("Patient/" + patient));
        answers.setAuthoredElement(at(day, 9));
        return answers;
    }

    @Test
    void modulesAndQuestionnairesAreCountedByAnswersAndReminders() {
        String symptoms = Canonicals.BASE + "/Questionnaire/symptom-check|1.0.0";
        Task questions = task("questions", Codes.THERAPY_QUESTIONNAIRE, "Questions on complaints. Five of them.", 3);
        questions.addInput().setType(questions.getCode()).setValue(new CanonicalType(symptoms));
        Task module = task("module", Codes.THERAPY_EDUCATION, "Module: training safely. Warming up.", 2);
        Task untimed = task("untimed", Codes.THERAPY_EDUCATION, "Module: once. Whenever you like.", 0);
        Task question = task("asked", Codes.THERAPY_QUESTION, "Is it safe?", 1);
        CarePlan learning = plan(CarePlanStatus.ACTIVE);
        learning.getActivity().clear();
        plan = Records.id(name + "-learning");
        learning.setId(plan);
        List.of(questions, module, untimed, question).forEach(each -> learning.addActivity()
                .setReference(new Reference("Task/" + each.getIdElement().getIdPart())));
        load(Records.transaction(questions, module, untimed, question, learning));
        assertThat(parts(progress(clinician), "activity"))
                .extracting(each -> text(each, "name"), each -> text(each, "notComputable"))
                .containsExactly(
                        tuple("Questions on complaints", "Nothing that you may see was recorded."),
                        tuple("Module: training safely", "Nothing that you may see was recorded."),
                        tuple("Module: once", "The plan does not say when."));

        // Due on the days 0, 3 and 6, and on 9 until 12; and on 0, 2, 4, 6, and on 8 until today.
        String asks = "Task/" + questions.getIdElement().getIdPart();
        String teaches = "Task/" + module.getIdElement().getIdPart();
        load(Records.transaction(
                answered(symptoms, 1, QuestionnaireResponseStatus.COMPLETED),
                answered(symptoms, 4, QuestionnaireResponseStatus.INPROGRESS),
                answered(Canonicals.BASE + "/Questionnaire/mood-check|1.0.0", 4, QuestionnaireResponseStatus.COMPLETED),
                reminded(asks, 1, TaskStatus.COMPLETED),
                reminded(asks, 6, TaskStatus.COMPLETED),
                reminded(teaches, 0, TaskStatus.COMPLETED),
                reminded(teaches, 4, TaskStatus.COMPLETED),
                reminded(teaches, 6, TaskStatus.FAILED)));
        for (String token : List.of(clinician, TOKENS.patient(patient))) {
            List<Map<String, Type>> activities = parts(progress(token), "activity");
            assertThat(activities.get(0))
                    .extractingByKeys("kind", "planned", "kept", "proportionKept")
                    .extracting(Type::primitiveValue)
                    .containsExactly("questionnaire", "3", "2", "0.667");
            assertThat(activities.get(1))
                    .extractingByKeys("kind", "planned", "kept", "proportionKept")
                    .extracting(Type::primitiveValue)
                    .containsExactly("education", "5", "2", "0.400");
        }
        assertThat(parts(progress(clinicSystem()), "activity"))
                .as("a clinic's system may not see Tasks")
                .isEmpty();
        assertThat(letter()).contains("done 2 of 3 times", "done 2 of 5 times");
    }

    @Test
    void afterItsEndAPlanAsksForNothing() {
        CarePlan over = plan(CarePlanStatus.COMPLETED);
        over.getPeriod().getEndElement().setValueAsString(START.plusDays(4).toString());
        load(Records.transaction(over, pressures(0, 8, 150), pressures(4, 20, 150), pressures(8, 8, 150)));
        assertThat(parts(progress(clinician), "activity").get(0))
                .extractingByKeys("planned", "kept")
                .extracting(Type::primitiveValue)
                .containsExactly("10", "2");
    }

    @Test
    void nothingRecordedIsNotComputable() {
        Answer answer = progress(clinician);
        assertThat(parts(answer, "activity"))
                .extracting(parts -> text(parts, "notComputable"))
                .doesNotContain("");
        assertThat(text(parts(answer, "target").get(0), "notComputable"))
                .isEqualTo("Nothing was measured in the last 7 days.");
    }

    @Test
    void whoMayNotKnowOfThePlanIsToldNothing() {
        assertThat(progress(TOKENS.clinician(Records.CENTRE)).status()).isEqualTo(404);
        assertThat(progress(TOKENS.patient(Ward.open(name + "-other"))).status())
                .isEqualTo(404);
        assertThat(progress(TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)))
                        .status())
                .isEqualTo(403);
        assertThat(get("/CarePlan/" + Records.id("nobodys-plan") + "/$progress", clinician)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDraftHasNoProgress() {
        load(Records.transaction(plan(CarePlanStatus.DRAFT)));
        Answer answer = progress(clinician);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("SN-PLAN-004");
    }

    @Test
    void aZoneThatIsNoneIsRefused() {
        Answer answer = get("/CarePlan/" + plan + "/$progress?zone=Europe/Atlantis", clinician);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("SN-PLAN-001");
        assertThat(get("/CarePlan/" + plan + "/$progress?zone=Europe/Lisbon", clinician)
                        .status())
                .isEqualTo(200);
    }

    /** Eight of ten days: both pressures and the tablet. */
    private void keptOnEightDays() {
        List<Resource> done = new ArrayList<>();
        for (int day = 0; day < 8; day++) {
            done.add(pressures(day, 8, 128));
            done.add(pressures(day, 20, 128));
            done.add(intake(day, MedicationAdministrationStatus.COMPLETED));
        }
        load(Records.transaction(done.toArray(Resource[]::new)));
    }

    private void changed(String path, Resource record) {
        record.setMeta(null).setId(path);
        Answer answer = put("/" + path, clinician, record);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private <T extends Resource> T read(Class<T> type, String path) {
        return type.cast(get("/" + path, clinician).resource());
    }

    /** As if the version had been stored then. */
    private void storedOn(String type, String id, int version, int day) {
        Timestamp at = Timestamp.from(START.plusDays(day).atStartOfDay(ZONE).toInstant());
        String row = "(SELECT res_id FROM hfj_resource WHERE res_type = ? AND fhir_id = ?)";
        database.update(
                "UPDATE hfj_res_ver SET res_updated = ? WHERE res_ver = ? AND res_id = " + row, at, version, type, id);
        database.update(
                "UPDATE hfj_resource SET res_updated = ? WHERE res_ver = ? AND res_id = " + row, at, version, type, id);
    }

    private static List<String> figures(Map<String, Type> activity) {
        return Stream.of("planned", "kept", "proportionKept", "proportionOfDaysCovered", "notComputable")
                .map(part -> text(activity, part))
                .toList();
    }

    private String letter() {
        return Ward.get("/CarePlan/" + plan + "/$print?kind=letter&language=en", clinician, "Accept", "text/html")
                .body();
    }

    @Test
    void whatIsAdjustedTodayChangesNothingOfTheDaysThatArePast() {
        keptOnEightDays();
        List<List<String>> before = parts(progress(clinician), "activity").stream()
                .map(PlanProgressIT::figures)
                .toList();
        assertThat(before.get(0)).containsExactly("20", "16", "0.800", "0.800", "");
        assertThat(letter()).contains("measured 16 of 20 times", "taken 8 of 10 times", "8 of 10 days");

        CarePlan adjusted = read(CarePlan.class, "CarePlan/" + plan);
        ((Timing) adjusted.getActivityFirstRep().getDetail().getScheduled())
                .getRepeat()
                .setFrequency(3);
        changed("CarePlan/" + plan, adjusted);
        String prescription = "MedicationRequest/" + Records.id(name + "-morning");
        MedicationRequest twice = read(MedicationRequest.class, prescription);
        twice.addDosageInstruction().getTiming().getRepeat().addWhen(EventTiming.EVE);
        changed(prescription, twice);
        for (String token : List.of(clinician, TOKENS.patient(patient), clinicSystem())) {
            assertThat(parts(progress(token), "activity").stream()
                            .map(PlanProgressIT::figures)
                            .toList())
                    .isEqualTo(before);
        }
        assertThat(letter()).contains("measured 16 of 20 times", "taken 8 of 10 times", "8 of 10 days");

        twice = read(MedicationRequest.class, prescription);
        changed(prescription, twice.setStatus(MedicationRequestStatus.STOPPED));
        CarePlan without = read(CarePlan.class, "CarePlan/" + plan);
        without.getActivity()
                .removeIf(activity -> activity.hasReference()
                        || activity.getDetail().getDescription().startsWith("Pressure"));
        changed("CarePlan/" + plan, without);
        assertThat(parts(progress(clinician), "activity").stream()
                        .map(PlanProgressIT::figures)
                        .toList())
                .as("what the plan names no more comes last")
                .containsExactly(before.get(1), before.get(0), before.get(2));
    }

    @Test
    void eachDayIsCountedByWhatHeldOnIt() {
        keptOnEightDays();
        CarePlan written = read(CarePlan.class, "CarePlan/" + plan);
        changed("CarePlan/" + plan, written.setStatus(CarePlanStatus.ONHOLD));
        Timing thrice = (Timing) written.getActivityFirstRep().getDetail().getScheduled();
        thrice.getRepeat().setFrequency(3);
        changed("CarePlan/" + plan, written.setStatus(CarePlanStatus.ACTIVE));
        storedOn("CarePlan", plan, 1, 0);
        storedOn("CarePlan", plan, 2, 4);
        storedOn("CarePlan", plan, 3, 7);
        List<Map<String, Type>> activities = parts(progress(clinician), "activity");
        assertThat(figures(activities.get(0)))
                .as("four days of two, three days of none, three of three: the first of them not whole")
                .containsExactly("17", "10", "0.588", "0.571", "");
        assertThat(figures(activities.get(2)))
                .as("the tablet rested with the plan")
                .containsExactly("7", "5", "0.714", "0.714", "");
    }

    @Test
    void aVersionThatTheCallerMayNotSeeIsNotGuessedAt() {
        keptOnEightDays();
        String prescription = "MedicationRequest/" + Records.id(name + "-morning");
        MedicationRequest secret = read(MedicationRequest.class, prescription);
        secret.getMeta().addSecurity(new Coding(DecisionWorld.CONFIDENTIALITY, "V", null));
        load(Records.transaction(secret));
        MedicationRequest open = secret.copy();
        open.getMeta().getSecurity().clear();
        open.addDosageInstruction().getTiming().getRepeat().addWhen(EventTiming.EVE);
        load(Records.transaction(open));
        Consent consent = WalkWorld.consent(Records.id(name + "-consent"), patient);
        consent.getProvision().getProvision().clear();
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT)
                .addSecurityLabel(new Coding(DecisionWorld.CONFIDENTIALITY, "N", null));
        load(Records.transaction(consent));
        List<Map<String, Type>> seen = parts(progress(clinician), "activity");
        assertThat(text(seen.get(2), "notComputable"))
                .isEqualTo("Not all that was planned on these days is open to you.");
        assertThat(seen.get(2)).doesNotContainKeys("planned", "kept");
        assertThat(text(seen.get(0), "planned")).isEqualTo("20");
        assertThat(figures(parts(progress(TOKENS.patient(patient)), "activity").get(2)))
                .containsExactly("10", "8", "0.800", "0.800", "");
    }
}
