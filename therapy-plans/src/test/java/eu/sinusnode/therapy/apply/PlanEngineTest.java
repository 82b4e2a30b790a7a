package eu.sinusnode.therapy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import eu.sinusnode.therapy.apply.ProgrammeException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanEngineTest {

    private static final ProfileValidator VALIDATOR = new ProfileValidator(Patients.FHIR);
    private static final Map<String, String> DIAGNOSES = Map.of(
            "hypertension", "I10",
            "atrial-fibrillation", "I48.0",
            "coronary-disease", "I25.1",
            "heart-failure", "I50.12",
            "cardiac-rehabilitation-phase-three", "I25.1");

    private static Patients patientOf(String programme) {
        return Patients.fitForTraining()
                .diagnosed(Objects.requireNonNull(DIAGNOSES.get(programme)))
                .smoking("77176002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hypertension",
                "atrial-fibrillation",
                "coronary-disease",
                "heart-failure",
                "cardiac-rehabilitation-phase-three"
            })
    void everyProgrammeGivesAPlanOfValidRecords(String name) {
        AppliedPlan known = patientOf(name).in(name);
        AppliedPlan unknown = Patients.born("1931").in(name);
        for (AppliedPlan plan : List.of(known, unknown)) {
            Bundle transaction = plan.transaction();
            assertThat(transaction.getEntry()).hasSizeGreaterThan(10).allSatisfy(entry -> assertThat(
                            VALIDATOR.validate(entry.getResource()))
                    .as(Patients.FHIR.newJsonParser().encodeResourceToString(entry.getResource()))
                    .noneMatch(ValidationIssue::isError));
            assertThat(plan.plan().getStatus()).isEqualTo(CarePlanStatus.DRAFT);
            assertThat(transaction.getEntryFirstRep().getResource()).isInstanceOf(CarePlan.class);
        }
        assertThat(training(known)).isNotEmpty();
        assertThat(known.plan().getAddressesFirstRep().getReference()).startsWith("Condition/");
        assertThat(known.plan().getInstantiatesCanonical().get(0).getValue())
                .isEqualTo(Canonicals.BASE + "/PlanDefinition/" + name
                        + (name.equals("cardiac-rehabilitation-phase-three") ? "|1.1.0" : "|1.2.0"));
    }

    @Test
    void heartFailureHasGoalsOfPressureRateAndWeight() {
        AppliedPlan younger = Patients.born("1961-03-04").diagnosed("I50.12").in("heart-failure");
        assertThat(goals(younger))
                .containsKeys("goal-pressure", "goal-heart-rate", "goal-weight")
                .doesNotContainKey("goal-pressure-older");
        Goal pressure = Objects.requireNonNull(goals(younger).get("goal-pressure"));
        assertThat(pressure.getTarget()).hasSize(2).allSatisfy(target -> {
            assertThat(target.getDetailRange().hasLow())
                    .as("a low pressure is no reason to treat heart failure less")
                    .isFalse();
            assertThat(target.getDetailRange().getHigh().getValue()).isIn(new BigDecimal("129"), new BigDecimal("79"));
        });
        assertThat(pressure.getNote())
                .extracting(note -> note.getText())
                .anyMatch(text -> text.contains("doi.org/10.1093/eurheartj/ehab368"));
        assertThat(Objects.requireNonNull(goals(younger).get("goal-weight")).getTarget())
                .as("a programme knows no patient's weight")
                .isEmpty();
        assertThat(goals(Patients.born("1938-03-04").diagnosed("I50.12").in("heart-failure")))
                .containsKey("goal-pressure-older")
                .doesNotContainKey("goal-pressure");
    }

    private static Map<String, Goal> goals(AppliedPlan plan) {
        Map<String, Goal> goals = new TreeMap<>();
        plan.transaction().getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(Goal.class::isInstance)
                .map(Goal.class::cast)
                .forEach(goal -> goals.put(
                        "goal-" + goal.getIdentifierFirstRep().getValue().replaceFirst(".*goal-", ""), goal));
        return goals;
    }

    @Test
    void rehabilitationSaysWhatToEatAndModulesSayWhen() {
        AppliedPlan plan = patientOf("cardiac-rehabilitation-phase-three").in("cardiac-rehabilitation-phase-three");
        assertThat(plan.plan().getActivity())
                .extracting(activity -> activity.getDetail().getDescription())
                .anyMatch(text -> text != null && text.startsWith("Little salt. At most 5 g of salt"))
                .anyMatch(text -> text != null && text.startsWith("Eating for the heart. Mostly vegetables"));
        List<Task> modules = plan.transaction().getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(Task.class::isInstance)
                .map(Task.class::cast)
                .filter(task -> task.getCode().getCodingFirstRep().getCode().equals(Codes.THERAPY_EDUCATION))
                .toList();
        assertThat(modules).isNotEmpty().allSatisfy(module -> assertThat(module.getInput())
                .singleElement()
                .satisfies(input -> assertThat(
                                ((Timing) input.getValue()).getRepeat().getCount())
                        .isEqualTo(5)));
    }

    /** All of it at once, as it is stored: each record type that a programme makes, by everything that R4 and the profiles say. */
    @ParameterizedTest
    @CsvSource({
        "hypertension, I10, CarePlan Goal MedicationRequest ServiceRequest Task Appointment",
        "atrial-fibrillation, I48.0, CarePlan Goal MedicationRequest ServiceRequest Task Appointment",
        "coronary-disease, I25.1, CarePlan Goal MedicationRequest ServiceRequest Task Appointment",
        "heart-failure, I50.12, CarePlan Goal MedicationRequest ServiceRequest Task Appointment",
        "cardiac-rehabilitation-phase-three, I25.1, CarePlan Goal ServiceRequest Task Appointment",
        "cardiac-rehabilitation-phase-three, I50.12, CarePlan Goal ServiceRequest Task Appointment"
    })
    void theWholeTransactionIsValid(String programme, String diagnosis, String types) {
        Bundle transaction = Patients.fitForTraining()
                .male()
                .smoking("77176002")
                .diagnosed(diagnosis)
                .diagnosed("I10")
                .diagnosed("E11.9")
                .ejectionFraction(30)
                .pressure(150, 90, Duration.ofMinutes(30), null)
                .in(programme)
                .transaction();
        assertThat(transaction.getEntry().stream()
                        .map(entry -> entry.getResource().fhirType())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(types.split(" "));
        assertThat(VALIDATOR.validate(transaction))
                .as(Patients.FHIR.newJsonParser().encodeResourceToString(transaction))
                .noneMatch(ValidationIssue::isError);
        assertThat(transaction.getEntry()).allSatisfy(entry -> assertThat(VALIDATOR.validate(entry.getResource()))
                .as(entry.getFullUrl())
                .noneMatch(ValidationIssue::isError));
        transaction.getEntry().get(1).setResource(new Goal());
        assertThat(VALIDATOR.validate(transaction))
                .as("a part that is not valid would be seen")
                .anyMatch(ValidationIssue::isError);
    }

    @Test
    void theSameOrderGivesTheSameTransactionAndReferencesEndInIt() {
        String once = Patients.FHIR
                .newJsonParser()
                .encodeResourceToString(
                        patientOf("coronary-disease").in("coronary-disease").transaction());
        Bundle again = patientOf("coronary-disease").in("coronary-disease").transaction();
        assertThat(Patients.FHIR.newJsonParser().encodeResourceToString(again)).isEqualTo(once);
        List<String> names =
                again.getEntry().stream().map(each -> each.getFullUrl()).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(again.getEntry())
                .allSatisfy(entry -> assertThat(entry.getRequest().getIfNoneExist())
                        .startsWith("identifier=" + Canonicals.THERAPY_PLAN_IDENTIFIER + "|"));
        assertThat(again.getEntry().stream()
                        .flatMap(entry ->
                                Patients.FHIR.newTerser().getAllResourceReferences(entry.getResource()).stream())
                        .map(each -> ((Reference) each.getResourceReference()).getReference())
                        .filter(each -> each.startsWith("urn:")))
                .isNotEmpty()
                .isSubsetOf(names);
    }

    /** What is known of one contraindication, and what becomes of training. */
    @ParameterizedTest
    @CsvSource({
        "pressure 179/109, in",
        "pressure 180/80, out",
        "pressure 120/110, out",
        "pressure unknown, asked",
        "pressure cuffless 200/120, asked",
        "rate 120, in",
        "rate 121, out",
        "rate unknown, asked",
        "unstable angina, out",
        "unstable angina suspected, asked",
        "unstable angina over, in",
        "unstable angina unknown, asked",
        "diagnoses withheld, asked",
        "myocarditis, out",
        "acute heart failure, out",
        "heart failure NYHA III, in",
        "heart failure NYHA IV, out",
        "heart failure NYHA unknown, asked",
        "chest pain, out",
        "chest pain unknown, asked"
    })
    void trainingIsInOutOrAsked(String known, String expected) {
        AppliedPlan plan = withKnown(known).diagnosed("I10").in("hypertension");
        boolean walks = plan.parts().containsKey("walking");
        boolean asked =
                questions(plan).stream().anyMatch(each -> each.getDescription().contains("Brisk walking"));
        assertThat(walks).isEqualTo(!expected.equals("out"));
        assertThat(asked).isEqualTo(expected.equals("asked"));
        assertThat(plan.plan().getNote().stream()
                        .map(Annotation::getText)
                        .anyMatch(text -> text.startsWith("Brisk walking")))
                .isEqualTo(expected.equals("out"));
    }

    private static Patients withKnown(String known) {
        Patients base = Patients.born("1966-03-01");
        if (!known.startsWith("pressure")) {
            base.pressure(132, 82);
        }
        if (!known.startsWith("rate")) {
            base.heartRate(68);
        }
        if (!known.startsWith("unstable angina") && !known.startsWith("diagnoses")) {
            base.refuted("I20.0");
        }
        if (!known.startsWith("myocarditis") && !known.startsWith("diagnoses")) {
            base.refuted("I40");
        }
        if (!known.startsWith("acute heart failure") && !known.startsWith("diagnoses")) {
            base.refuted("I50.14");
        }
        if (!known.startsWith("heart failure")) {
            base.nyha(1);
        }
        if (!known.startsWith("chest pain")) {
            base.chestPain(false);
        }
        return switch (known) {
            case "pressure 179/109" -> base.pressure(179, 109);
            case "pressure 180/80" -> base.pressure(180, 80);
            case "pressure 120/110" -> base.pressure(120, 110);
            case "pressure cuffless 200/120" ->
                base.device("watch", Codes.CUFFLESS).pressure(200, 120, Duration.ofHours(1), "watch");
            case "rate 120" -> base.heartRate(120);
            case "rate 121" -> base.heartRate(121);
            case "unstable angina" -> base.diagnosed("I20.0");
            case "unstable angina suspected" -> base.condition("I20.0", "active", "provisional");
            case "unstable angina over" -> base.condition("I20.0", "resolved", "confirmed");
            case "diagnoses withheld" -> base.withheld("Condition");
            case "myocarditis" -> base.diagnosed("I40.9");
            case "acute heart failure" -> base.diagnosed("I50.14");
            case "heart failure NYHA III" -> base.diagnosed("I50.13").nyha(3);
            case "heart failure NYHA IV" -> base.diagnosed("I50.19").nyha(4);
            case "heart failure NYHA unknown" -> base.diagnosed("I50.19");
            case "chest pain" -> base.chestPain(true);
            default -> base;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1966-03-01, 120-129, false",
        "1961-11-27, 120-129, true",
        "1961-11-28, 120-129, false",
        "1941-11-28, 120-129, true",
        "1941-11-27, below 140, true"
    })
    void theGoalOfPressureAndBalanceTrainingFollowTheAge(String born, String goal, boolean balance) {
        AppliedPlan plan = Patients.born(born).diagnosed("I10").in("hypertension");
        assertThat(plan.parts().containsKey("goal-pressure")).isEqualTo(goal.equals("120-129"));
        assertThat(plan.parts().containsKey("goal-pressure-older")).isEqualTo(goal.equals("below 140"));
        assertThat(plan.parts().containsKey("balance-training")).isEqualTo(balance);
    }

    @Test
    void withoutADateOfBirthBothGoalsAreAskedAbout() {
        AppliedPlan plan = Patients.born("1966").diagnosed("I10").in("hypertension");
        assertThat(plan.parts()).containsKeys("goal-pressure", "goal-pressure-older", "question-below-85");
        assertThat(questions(plan)).anyMatch(each -> each.getDescription().contains("the date of birth is not known"));
    }

    @Test
    void aProgrammeForADiseaseThatIsRefutedIsNotApplied() {
        assertThatThrownBy(() -> Patients.fitForTraining().refuted("I48").in("atrial-fibrillation"))
                .isInstanceOfSatisfying(ProgrammeException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.NOT_APPLICABLE))
                .hasMessageContaining("Atrial fibrillation is diagnosed");
    }

    @Test
    void aDiagnosisThatTheRecordDoesNotHaveIsAskedAbout() {
        AppliedPlan plan = Patients.fitForTraining().in("atrial-fibrillation");
        assertThat(questions(plan))
                .anyMatch(each -> each.getDescription().startsWith("Atrial fibrillation is diagnosed? Not known:"));
    }

    @Test
    void aStopRuleThatIsMetIsATaskAtOnceAndEveryStopRuleStandsInThePlan() {
        AppliedPlan plan = Patients.fitForTraining()
                .pressure(186, 100, Duration.ofMinutes(5), null)
                .diagnosed("I50.12")
                .weight("80.0", "kg", Duration.ofDays(2))
                .weight("82.5", "kg", Duration.ofHours(1))
                .in("heart-failure");
        assertThat(plan.parts())
                .containsKeys("stop-pressure", "stop-weight-gain")
                .doesNotContainKey("stop-chest-pain");
        Task alert = (Task) Objects.requireNonNull(plan.parts().get("stop-pressure"));
        assertThat(alert.getPriority()).isEqualTo(TaskPriority.URGENT);
        assertThat(alert.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(alert.getDescription()).endsWith("Now: pressure 186 mm[Hg].");
        assertThat(plan.plan().getActivity().stream()
                        .filter(each ->
                                each.getDetail().getCode().getCodingFirstRep().getCode() != null)
                        .filter(each -> each.getDetail()
                                .getCode()
                                .getCodingFirstRep()
                                .getCode()
                                .equals(Codes.THERAPY_ALERT)))
                .hasSize(4);
    }

    @Test
    void whatIsPrescribedIsNamedAndNothingElseIsPrescribed() {
        AppliedPlan plan = patientOf("hypertension").takes("C09AA05").in("hypertension");
        assertThat(plan.plan().getActivity().stream()
                        .map(each -> each.getReference().getReference())
                        .filter(each -> each != null && each.startsWith("MedicationRequest/")))
                .containsExactly("MedicationRequest/m0", "MedicationRequest/m1");
        assertThat(plan.parts().values()).extracting(Resource::fhirType).doesNotContain("MedicationRequest");
        assertThat(plan.parts()).doesNotContainKey("medication-known");
        assertThat(Patients.born("1966-03-01")
                        .diagnosed("I10")
                        .in("hypertension")
                        .parts())
                .as("nothing prescribed is a question")
                .containsKey("medication-known");
    }

    @Test
    void appointmentsAreProposedWeekByWeek() {
        AppliedPlan plan = patientOf("cardiac-rehabilitation-phase-three").in("cardiac-rehabilitation-phase-three");
        List<Appointment> training = plan.parts().values().stream()
                .filter(Appointment.class::isInstance)
                .map(Appointment.class::cast)
                .toList();
        assertThat(training)
                .hasSize(12)
                .allMatch(each -> each.getStatus() == AppointmentStatus.PROPOSED)
                .as("known for training wherever it is looked over")
                .allMatch(each -> each.getServiceTypeFirstRep()
                        .getCodingFirstRep()
                        .getCode()
                        .equals("229065009"));
        assertThat(training.get(11)
                        .getRequestedPeriodFirstRep()
                        .getStartElement()
                        .getValueAsString())
                .isEqualTo("2027-02-12");
        assertThat(training.get(11).getRequestedPeriodFirstRep().getEndElement().getValueAsString())
                .isEqualTo("2027-02-18");
        assertThat(plan.plan().getPeriod().getEndElement().getValueAsString()).isEqualTo("2027-02-19");
    }

    @Test
    void whatItConcernsIsNamedByAQuestion() {
        AppliedPlan plan = withKnown("rate unknown").diagnosed("I10").in("hypertension");
        Task question = questions(plan).stream()
                .filter(each -> each.getDescription().contains("heart rate"))
                .findFirst()
                .orElseThrow();
        assertThat(question.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(question.getInput().stream().map(input -> ((Reference) input.getValue()).getReference()))
                .contains(Patients.order().placeholder("walking"));
    }

    @Test
    void everyTrainingOfEveryProgrammeAsksForTheSameContraindications() {
        Map<String, List<String>> asked = DIAGNOSES.keySet().stream()
                .flatMap(name -> Patients.programme(name).plan().getAction().stream())
                .flatMap(root -> root.getAction().stream())
                .filter(group -> group.getId().equals("movement"))
                .flatMap(group -> group.getAction().stream())
                .collect(Collectors.toMap(
                        action -> action.getDefinitionCanonicalType().getValue(),
                        action -> action.getCondition().stream()
                                .map(each -> each.getExpression().getName())
                                .filter(each -> !each.equals("from-65"))
                                .toList(),
                        (one, other) -> one));
        assertThat(asked).hasSize(5);
        assertThat(asked.values().stream().distinct())
                .containsExactly(List.of(
                        "controlled-pressure",
                        "resting-rate",
                        "no-unstable-angina",
                        "no-inflammation",
                        "no-acute-heart-failure",
                        "no-chest-pain"));
    }

    @Test
    void theyAreTheContraindicationsOfEveryTraining() {
        Map<String, String> everywhere = TrainingSafety.CONDITIONS.stream()
                .collect(Collectors.toMap(each -> each.getName(), each -> each.getExpression()));
        assertThat(DIAGNOSES.keySet().stream()
                        .flatMap(name -> Patients.programme(name).plan().getAction().stream())
                        .flatMap(root -> root.getAction().stream())
                        .flatMap(group -> group.getAction().stream())
                        .flatMap(action -> action.getCondition().stream())
                        .map(condition -> condition.getExpression())
                        .filter(each -> everywhere.containsKey(each.getName())))
                .hasSizeGreaterThan(50)
                .allSatisfy(each -> assertThat(each.getExpression()).isEqualTo(everywhere.get(each.getName())));
    }

    @Test
    void aRequestIsADraftOfTheCallerWithinThePlan() {
        AppliedPlan plan = patientOf("hypertension").in("hypertension");
        ServiceRequest walking =
                (ServiceRequest) Objects.requireNonNull(plan.parts().get("walking"));
        assertThat(walking.getStatus()).isEqualTo(ServiceRequestStatus.DRAFT);
        assertThat(walking.getRequester().getReference())
                .isEqualTo(Patients.order().practitioner());
        assertThat(walking.getOccurrenceTiming()
                        .getRepeat()
                        .getBoundsPeriod()
                        .getEndElement()
                        .getValueAsString())
                .isEqualTo("2027-02-19");
        Goal goal = (Goal) Objects.requireNonNull(plan.parts().get("goal-pressure"));
        assertThat(goal.getTarget().get(0).getDueDateType().getValueAsString()).isEqualTo("2027-02-19");
        assertThat(goal.getTarget().get(0).getDetailRange().getHigh().getCode()).isEqualTo("mm[Hg]");
    }

    private static List<Resource> training(AppliedPlan plan) {
        return plan.parts().values().stream()
                .filter(each -> each instanceof ServiceRequest request
                        && request.getCategoryFirstRep()
                                .getCodingFirstRep()
                                .getCode()
                                .equals("229065009"))
                .toList();
    }

    private static List<Task> questions(AppliedPlan plan) {
        return plan.parts().values().stream()
                .filter(Task.class::isInstance)
                .map(Task.class::cast)
                .filter(task -> Codes.THERAPY_QUESTION.equals(
                        task.getCode().getCodingFirstRep().getCode()))
                .toList();
    }
}
