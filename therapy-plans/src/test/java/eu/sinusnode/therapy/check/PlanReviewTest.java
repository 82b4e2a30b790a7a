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
import org.hl7.fhir.r4.model.Ratio;
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
    private final List<Goal> goalsBeside = new ArrayList<>();
    private final List<Appointment> appointments = new ArrayList<>();
    private final List<ServiceRequest> services = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Prescription> prescriptions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<NamedInput, Fact> facts = new EnumMap<>(NamedInput.class);
    private boolean medicationWasRead = true;

    private List<PlanRule> broken() {
        return findings().stream().map(Finding::rule).toList();
    }

    private List<Finding> findings() {
        return REVIEW.findings(new PlanUnderReview(
                plan,
                goals,
                goalsBeside,
                services,
                appointments,
                tasks,
                prescriptions.stream().map(Prescription::request).toList(),
                prescriptions.stream()
                        .filter(each -> !MedicineProposal.is(each.request()))
                        .toList(),
                missing,
                new PatientFacts(
                        "Patient/1", Instant.parse("2026-11-27T10:00:00Z"), facts, List.of(), medicationWasRead)));
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
    void goalsOfOtherMeasuresAreNotCompared() {
        goal("8480-6", range(120, 129, "mm[Hg]"));
        goal("8462-4", range(70, 79, "mm[Hg]"));
        assertThat(broken()).isEmpty();
    }

    /** 120 to 129 mm[Hg] are 15.9987 to 17.1986 kPa. */
    @ParameterizedTest
    @CsvSource({
        "120, 129, mm[Hg], 16, 17, kPa, false",
        "120, 129, mm[Hg], 17.1, 18, kPa, false",
        "120, 129, mm[Hg], 17.2, 18, kPa, true",
        "120, 129, mm[Hg], 15, 15.9, kPa, true",
        "150, 200, min/wk, 2.5, 3, h/wk, false",
        "150, 200, min/wk, 2, 2.4, h/wk, true",
        "150, 150, min/wk, 2.5, 2.5, h/wk, false",
        "70, 75, kg, 70000, 75000, g, false",
        "70, 75, kg, 60000, 69999, g, true",
        "70, 75, kg, 140, 150, [lb_av], true",
        "50, 70, /min, 3000, 4200, /h, false",
        "50, 70, /min, 4201, 5000, /h, true",
        "36, 37, Cel, 100, 110, [degF], false",
        "70, 75, kg, 69999, 69999.5, g, true",
        "120, 129, mm[Hg], 10, 20, kg, false",
        "120, 129, mm[Hg], 10, 20, points, false",
        "10, 20, points, 30, 40, points, true",
        "6.5, 6.5, %, 48, 48, mmol/mol, false",
        "48, 53, mmol/mol, 6.5, 7, %, false",
        "48, 53, mmol/mol, 60, 70, [ppth], false",
        "48, 53, mmol/mol, 54, 60, mmol/mol, true",
        "48, 53, mmol/mol, 54000, 60000, umol/mol, true",
        "48, 53, mmol/mol, 50000, 60000, umol/mol, false",
        "6, 6.5, %, 7, 8, %, true",
        "6, 6.5, %, 70, 80, [ppth], true",
        "6, 6.5, %, 60, 62, [ppth], false",
        "3.5, 5, mmol/L, 5.1, 6, meq/L, true",
        "3.5, 5, mmol/L, 5, 6, {molecules}/L, false"
    })
    void goalsAreHeldAgainstEachOtherInOneUnit(
            String low,
            String high,
            String unit,
            String otherLow,
            String otherHigh,
            String otherUnit,
            boolean contradict) {
        goal("8480-6", range(low, unit, high, unit));
        goal("8480-6", range(otherLow, otherUnit, otherHigh, otherUnit));
        assertThat(broken().contains(PlanRule.GOALS_CONTRADICT)).isEqualTo(contradict);
        assertThat(broken().size()).isLessThan(2);
    }

    /** LDL cholesterol by amount of substance and by mass, 1 mmol/L being 38.67 mg/dL. */
    @ParameterizedTest
    @CsvSource({
        "22748-8, 1.0, 1.4, mmol/L, 13457-7, 50, 60, mg/dL, false",
        "22748-8, 1.0, 1.4, mmol/L, 13457-7, 55, 70, mg/dL, true",
        "13457-7, 55, 70, mg/dL, 22748-8, 1.0, 1.4, mmol/L, true",
        "13457-7, 55, 70, mg/dL, 18262-6, 71, 80, mg/dL, true",
        "13457-7, 55, 70, mg/dL, 18262-6, 70, 80, mg/dL, false",
        "41950-7, 7000, 8000, {steps}/d, 55423-8, 5000, 6000, 1/(24.h), true",
        "41950-7, 7000, 8000, {steps}/d, 55423-8, 8000, 9000, 1/(24.h), false",
        "55423-8, 5000, 6000, /d, 41950-7, 7000, 8000, {steps}/d, true",
        "22748-8, 1.0, 1.4, mmol/L, 14646-4, 1.5, 2, mmol/L, false"
    })
    void codesThatTellTheSameAreOneMeasure(
            String loinc,
            String low,
            String high,
            String unit,
            String other,
            String otherLow,
            String otherHigh,
            String otherUnit,
            boolean contradict) {
        goal(loinc, range(low, unit, high, unit));
        goal(other, range(otherLow, otherUnit, otherHigh, otherUnit));
        assertThat(broken().contains(PlanRule.GOALS_CONTRADICT)).isEqualTo(contradict);
    }

    @Test
    void anEndOfARangeMayBeInAUnitOfItsOwn() {
        goal("29463-7", range("70000", "g", "75", "kg"));
        goal("29463-7", range("76", "kg", "80", "kg"));
        assertThat(broken()).containsExactly(PlanRule.GOALS_CONTRADICT);
    }

    @ParameterizedTest
    @CsvSource({
        "PROPOSED, true", "ACCEPTED, true", "ACTIVE, true", "ONHOLD, true",
        "COMPLETED, false", "CANCELLED, false", "REJECTED, false", "ENTEREDINERROR, false"
    })
    void goalsOfOtherActivePlansAreHeldAgainstThoseOfThePlan(GoalLifecycleStatus status, boolean contradict) {
        goal("8480-6", range("130", "mm[Hg]", "139", "mm[Hg]"));
        Goal beside = goals.remove(0);
        beside.setId("Goal/beside");
        beside.setLifecycleStatus(status);
        goalsBeside.add(beside);
        goalsBeside.add(beside.copy().setDescription(new CodeableConcept().setText("another of the other plan")));
        goal("8480-6", range("120", "mm[Hg]", "129", "mm[Hg]"));
        if (contradict) {
            assertThat(findings()).hasSize(2).allSatisfy(finding -> {
                assertThat(finding.rule()).isEqualTo(PlanRule.GOALS_CONTRADICT);
                assertThat(finding.element()).isEqualTo("Goal/g0.target[0]");
                assertThat(finding.words()).contains("Goal/beside.target[0], which another active plan aims at");
            });
        } else {
            assertThat(findings()).isEmpty();
        }
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
        prescribe("A02", null, null);
        prescribe("A02", null, null);
        assertThat(broken()).isEmpty();
        Coding pzn = new Coding("http://fhir.de/CodeSystem/ifa/pzn", "01234567", null);
        prescriptions.add(new Prescription(new MedicationRequest(), List.of(pzn)));
        prescriptions.add(new Prescription(new MedicationRequest(), List.of(pzn)));
        assertThat(broken()).containsExactly(PlanRule.SAME_PACKAGE_TWICE);
        assertThat(PlanRule.SAME_PACKAGE_TWICE.refuses()).isTrue();
        assertThat(PlanRule.SAME_SUBSTANCE_TWICE.refuses()).isFalse();
    }

    /** A repeat prescription, and one that was sent again, are no second treatment; what excludes the first excludes them. */
    @ParameterizedTest
    @CsvSource({
        "C09AA05, C09AA05, ",
        "C09AA05, C09AA03, ",
        "C09AA05, C09DX04, CLASSES_EXCLUDE_EACH_OTHER",
    })
    void aRepeatPrescriptionIsTheSameTreatment(String before, String after, @Nullable PlanRule rule) {
        prescribe(before, null, null);
        prescribe(after, null, null);
        prescriptions.get(1).request().getPriorPrescription().setReference("MedicationRequest/m0");
        assertThat(broken()).isEqualTo(rule == null ? List.of() : List.of(rule));
        prescriptions.get(1).request().getPriorPrescription().setReference("MedicationRequest/another");
        assertThat(broken()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://clinic.example/rx, 1, https://clinic.example/rx, 1, true",
        "https://clinic.example/rx, 1, https://clinic.example/rx, 2, false",
        "https://clinic.example/rx, 1, https://other.example/rx, 1, false",
        ", 1, , 1, false"
    })
    void whatWasSentAgainIsOne(
            @Nullable String system, String value, @Nullable String other, String its, boolean isOne) {
        prescribe("C09AA05", null, null);
        prescribe("C09AA05", null, null);
        prescriptions.get(0).request().addIdentifier().setSystem(system).setValue(value);
        prescriptions.get(1).request().addIdentifier().setSystem(other).setValue(its);
        assertThat(broken()).isEqualTo(isOne ? List.of() : List.of(PlanRule.SAME_SUBSTANCE_TWICE));
    }

    /** What cannot be read is not taken for nothing. */
    @Test
    void whatMayOverlapAndCannotBeReadIsTold() {
        medicationWasRead = false;
        assertThat(broken()).isEmpty();
        prescribe("C07AB02", null, null);
        assertThat(broken()).containsExactly(PlanRule.OVERLAPS_UNKNOWN);
        assertThat(PlanRule.OVERLAPS_UNKNOWN.refuses()).isFalse();
    }

    /** By ATC: lisinopril, ramipril (with others, or with a statin), candesartan, sacubitril with valsartan, and so on. */
    @ParameterizedTest
    @CsvSource({
        "C09AA03, C09DX04, CLASSES_EXCLUDE_EACH_OTHER, 10.1093/eurheartj/ehab368",
        "C09DX04, C09BB07, CLASSES_EXCLUDE_EACH_OTHER, 36 hours",
        "C09AA05, C09CA06, CLASSES_EXCLUDE_EACH_OTHER, 10.1093/eurheartj/ehae178",
        "C09DA07, C09BA05, CLASSES_EXCLUDE_EACH_OTHER, class III",
        "C09CA03, C09DX04, CLASSES_EXCLUDE_EACH_OTHER, section 4.4",
        "B01AF01, B01AF02, CLASSES_EXCLUDE_EACH_OTHER, section 4.3",
        "B01AE07, B01AF03, CLASSES_EXCLUDE_EACH_OTHER, section 4.3",
        "B01AA04, B01AF02, CLASSES_OVERLAP, section 4.3",
        "B01AA03, B01AA04, CLASSES_OVERLAP, both are a vitamin K antagonist",
        "C09AA03, C09AA05, CLASSES_OVERLAP, both are an ACE inhibitor",
        "C09CA06, C09DB04, CLASSES_OVERLAP, both are an angiotensin receptor blocker",
        "C07AB07, C07AG02, CLASSES_OVERLAP, both are a beta blocker",
        "C07AB02, C07BB02, CLASSES_OVERLAP, both are a beta blocker",
        "C09BX05, C07AB07, CLASSES_OVERLAP, perhaps",
        "C10AA05, C10AA07, CLASSES_OVERLAP, both are a statin",
        "C10BA05, C10AA07, CLASSES_OVERLAP, perhaps",
        "C09, C09AA05, CLASSES_OVERLAP, perhaps",
        "C10BX06, C09DX04, CLASSES_OVERLAP, perhaps",
        "C10BX06, C09DX04, CLASSES_OVERLAP, within 36 hours",
        "C10BX10, C09DX04, CLASSES_OVERLAP, section 4.4",
        "C10BX06, C09CA06, CLASSES_OVERLAP, class III",
        "C10BX06, C09AA05, CLASSES_OVERLAP, both are an ACE inhibitor",
        "C10BX10, C09CA03, CLASSES_OVERLAP, both are an angiotensin receptor blocker",
        "C10BX06, C07AB07, , ",
        "C10BX06, C08CA01, , ",
        "C10BA05, C09DX04, , ",
        "C09AA05, C07AB07, , ",
        "C09DX04, C07AB07, , ",
        "C09AA05, C08CA01, , ",
        "B01AF02, B01AC06, , ",
        "C10AA05, C10AX09, , ",
        "C03AA03, C03DA01, , "
    })
    void classesThatDoTheSameOrExcludeEachOther(
            String one, String other, @Nullable PlanRule rule, @Nullable String words) {
        for (List<String> both : List.of(List.of(one, other), List.of(other, one))) {
            prescriptions.clear();
            both.forEach(atc -> prescribe(atc, null, null));
            if (rule == null) {
                assertThat(findings()).as(both.toString()).isEmpty();
            } else {
                assertThat(findings()).as(both.toString()).isNotEmpty().anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.element()).isEqualTo("MedicationRequest/m1");
                    assertThat(finding.words())
                            .contains("with MedicationRequest/m0")
                            .contains(words);
                });
                assertThat(broken().contains(PlanRule.CLASSES_EXCLUDE_EACH_OTHER))
                        .isEqualTo(rule == PlanRule.CLASSES_EXCLUDE_EACH_OTHER);
            }
        }
        assertThat(PlanRule.CLASSES_EXCLUDE_EACH_OTHER.refuses()).isTrue();
        assertThat(PlanRule.CLASSES_OVERLAP.refuses()).isFalse();
    }

    @Test
    void twoStrengthsOfOneSubstanceAreToldOnce() {
        prescribe("B01AF02", null, null);
        prescribe("B01AF02", null, null);
        assertThat(broken()).containsExactly(PlanRule.SAME_SUBSTANCE_TWICE);
    }

    /** What the second takes the place of ends before; 36 hours before sacubitril with valsartan, and the other way. */
    @ParameterizedTest
    @CsvSource({
        "C09AA05, C09CA06, 2026-03-31, 2026-04-01, false",
        "C09AA05, C09CA06, 2026-04-01, 2026-04-01, true",
        "C09AA05, C09DX04, 2026-03-31, 2026-04-01, true",
        "C09AA05, C09DX04, 2026-03-31, 2026-04-02, true",
        "C09AA05, C09DX04, 2026-03-31, 2026-04-03, false",
        "C09DX04, C09AA05, 2026-03-31, 2026-04-02, true",
        "C09AA05, C09DX04, 2026-03-31T08:00:00Z, 2026-04-01T19:59:00Z, true",
        "C09AA05, C09DX04, 2026-03-31T08:00:00Z, 2026-04-01T20:00:00Z, false",
        "B01AF01, B01AF02, 2026-03, 2026-04-01, false",
        "B01AF01, B01AF02, 2026-03, 2026-03-31, true"
    })
    void whatExcludesEachOtherMayFollowEachOther(String one, String other, String end, String start, boolean refused) {
        prescribe(one, null, end);
        prescribe(other, start, null);
        assertThat(broken().contains(PlanRule.CLASSES_EXCLUDE_EACH_OTHER)).isEqualTo(refused);
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
                                PlanRule.INCOMPLETE_DOSE,
                                "MedicationRequest/m0.dosageInstruction[0].doseAndRate[0].dose"),
                        tuple(
                                PlanRule.INCOMPLETE_DOSE,
                                "MedicationRequest/m0.dosageInstruction[0].doseAndRate[1].dose"));
    }

    /** Number and unit; of a unit a word, or a code with its system. */
    @ParameterizedTest
    @CsvSource({
        "95, mg, , , ",
        "95, , http://unitsofmeasure.org, mg, ",
        "95, , , , it is a number without a unit",
        "95, , , mg, it is a number without a unit",
        "95, , http://unitsofmeasure.org, , it is a number without a unit",
        ", mg, , , it is a unit without a number",
        ", , http://unitsofmeasure.org, mg, it is a unit without a number",
        ", , , mg, it is a unit without a number",
        ", , , , "
    })
    void aDoseHasANumberAndAUnitWhereverItStands(
            @Nullable BigDecimal value,
            @Nullable String unit,
            @Nullable String system,
            @Nullable String code,
            @Nullable String fault) {
        Quantity said = new Quantity().setUnit(unit).setSystem(system).setCode(code);
        said.setValue(value);
        Quantity good = new Quantity(1).setUnit("h");
        Dosage dosage = prescribe("C07AB02", null, null);
        dosage.addDoseAndRate().setDose(said).setRate(said);
        dosage.addDoseAndRate()
                .setDose(new Range().setLow(good).setHigh(said))
                .setRate(new Range().setLow(said).setHigh(good));
        dosage.addDoseAndRate().setRate(new Ratio().setNumerator(said).setDenominator(good));
        dosage.addDoseAndRate().setRate(new Ratio().setNumerator(good).setDenominator(said));
        dosage.setMaxDosePerPeriod(new Ratio().setNumerator(said).setDenominator(good));
        dosage.setMaxDosePerAdministration(said);
        dosage.setMaxDosePerLifetime(said);
        plan.addActivity().getDetail().setDailyAmount(said).setQuantity(said);
        String path = "MedicationRequest/m0.dosageInstruction[0].";
        List<String> all = List.of(
                path + "doseAndRate[0].dose",
                path + "doseAndRate[0].rate",
                path + "doseAndRate[1].dose",
                path + "doseAndRate[1].rate",
                path + "doseAndRate[2].rate",
                path + "doseAndRate[3].rate",
                path + "maxDosePerPeriod",
                path + "maxDosePerAdministration",
                path + "maxDosePerLifetime",
                "CarePlan/p.activity[0].detail.dailyAmount",
                "CarePlan/p.activity[0].detail.quantity");
        assertThat(findings())
                .allMatch(finding -> finding.rule() == PlanRule.INCOMPLETE_DOSE
                        && finding.words().equals(fault));
        assertThat(findings()).extracting(Finding::element).isEqualTo(fault == null ? List.of() : all);
        assertThat(PlanRule.INCOMPLETE_DOSE.refuses()).isTrue();
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

    private static Range range(String low, String unit, String high, String unitOfHigh) {
        return new Range()
                .setLow(quantity(low).setCode(unit))
                .setHigh(quantity(high).setCode(unitOfHigh));
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
