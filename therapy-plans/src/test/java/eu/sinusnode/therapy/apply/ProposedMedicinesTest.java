package eu.sinusnode.therapy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import eu.sinusnode.therapy.apply.ProgrammeException.Reason;
import eu.sinusnode.therapy.medicine.MedicineClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.ActivityDefinition.RequestIntent;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is proposed which medicine, who is asked about, and what a proposal says. */
class ProposedMedicinesTest {

    private static final ProfileValidator VALIDATOR = new ProfileValidator(Patients.FHIR);

    /** Of whom all is known: each word of {@code known} is another fact. */
    private static Patients patient(String known) {
        Patients patient = Patients.born("1966-03-01").male();
        for (String word : known.split(" ")) {
            String[] both = word.split("=", 2);
            String value = both.length == 2 ? both[1] : "";
            switch (both[0]) {
                case "dx" -> patient.diagnosed(value);
                case "over" -> patient.condition(value, "resolved", "confirmed");
                case "suspected" -> patient.condition(value, "active", "provisional");
                case "refuted" -> patient.refuted(value);
                case "takes" -> patient.takes(value);
                case "words" -> patient.takesInWords(value);
                case "allergy" -> patient.allergicTo(value);
                case "snomed" -> patient.allergic(Codes.SNOMED, value);
                case "pollen" ->
                    patient.allergic(Codes.SNOMED, "256259004").addCategory(AllergyIntoleranceCategory.ENVIRONMENT);
                case "bp" -> patient.pressure(Integer.parseInt(value), 80);
                case "hr" -> patient.heartRate(Integer.parseInt(value));
                case "ef" -> patient.ejectionFraction(Integer.parseInt(value));
                case "withheld" -> patient.withheld(value);
                case "female" -> patient.female();
                default -> throw new IllegalArgumentException(word);
            }
        }
        return patient;
    }

    @ParameterizedTest
    @CsvSource({
        // Coronary disease.
        "coronary-disease, statin, dx=I25.1, in",
        "coronary-disease, statin, bp=130, asked",
        "coronary-disease, statin, dx=I25.1 takes=C10AA05, out",
        "coronary-disease, statin, dx=I25.1 takes=C10BA05, asked",
        "coronary-disease, statin, dx=I25.1 takes=C07AB02, in",
        "coronary-disease, statin, dx=I25.1 words=Pills, asked",
        "coronary-disease, statin, dx=I25.1 words=Pills takes=C10AA01, out",
        "coronary-disease, statin, dx=I25.1 withheld=MedicationRequest, asked",
        "coronary-disease, statin, dx=I25.1 withheld=AllergyIntolerance, asked",
        "coronary-disease, statin, dx=I25.1 withheld=Condition, asked",
        "coronary-disease, statin, dx=I25.1 allergy=C10AA05, out",
        "coronary-disease, statin, dx=I25.1 allergy=C10, out",
        "coronary-disease, statin, dx=I25.1 allergy=J01CA04, in",
        "coronary-disease, statin, dx=I25.1 snomed=91936005, asked",
        "coronary-disease, statin, dx=I25.1 snomed=716186003, in",
        "coronary-disease, statin, dx=I25.1 pollen, in",
        "coronary-disease, statin, dx=I25.1 dx=K72.0, out",
        "coronary-disease, statin, dx=I25.1 suspected=K72.0, asked",
        "coronary-disease, statin, dx=I25.1 refuted=K72.0, in",
        "coronary-disease, statin, dx=I25.1 over=K72.0, in",
        "coronary-disease, antiplatelet, dx=I25.1, in",
        "coronary-disease, antiplatelet, dx=I25.1 takes=B01AC06, out",
        "coronary-disease, antiplatelet, dx=I25.1 takes=N02BA01, asked",
        "coronary-disease, antiplatelet, dx=I25.1 takes=B01AF02, out",
        "coronary-disease, antiplatelet, dx=I25.1 allergy=N02BA01, out",
        "coronary-disease, antiplatelet, dx=I25.1 over=I61.0, out",
        "coronary-disease, antiplatelet, dx=I25.1 over=K25.0, in",
        // Atrial fibrillation: CHA2DS2-VA at 60 years.
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 dx=E11.9, in",
        "atrial-fibrillation, anticoagulant, dx=I48.0 over=I63.9, in",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10, asked",
        "atrial-fibrillation, anticoagulant, dx=I48.0 refuted=I10 refuted=I50 refuted=E11 refuted=I63 refuted=I25, out",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 refuted=I50 refuted=E11 refuted=I63 refuted=I25, out",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 dx=E11.9 dx=Z95.2, out",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 dx=E11.9 takes=B01AA04, out",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 dx=E11.9 takes=B01AE07, out",
        "atrial-fibrillation, anticoagulant, dx=I48.0 dx=I10 dx=E11.9 dx=N18.5, out",
        // Heart failure.
        "heart-failure, sglt2-inhibitor, dx=I50.12 ef=40, in",
        "heart-failure, sglt2-inhibitor, dx=I50.12 ef=41, out",
        "heart-failure, sglt2-inhibitor, dx=I50.12, asked",
        "heart-failure, sglt2-inhibitor, dx=I50.12 ef=30 dx=E10.9, out",
        "heart-failure, sglt2-inhibitor, dx=I50.12 ef=30 takes=A10BD20, asked",
        "heart-failure, mineralocorticoid-antagonist, dx=I50.12 ef=30, in",
        "heart-failure, mineralocorticoid-antagonist, dx=I50.12 ef=30 dx=E87.5, out",
        "heart-failure, mineralocorticoid-antagonist, dx=I50.12 ef=30 takes=C03DA04, out",
        "heart-failure, beta-blocker, dx=I50.12 ef=30 hr=50, in",
        "heart-failure, beta-blocker, dx=I50.12 ef=30 hr=49, out",
        "heart-failure, beta-blocker, dx=I50.12 ef=30, asked",
        "heart-failure, beta-blocker, dx=I50.12 ef=30 hr=70 dx=J45.0, out",
        "heart-failure, beta-blocker, dx=I50.12 ef=30 hr=70 dx=I44.2, out",
        "heart-failure, ras-blocker-heart-failure, dx=I50.12 ef=30 bp=90, in",
        "heart-failure, ras-blocker-heart-failure, dx=I50.12 ef=30 bp=89, out",
        "heart-failure, ras-blocker-heart-failure, dx=I50.12 ef=30 bp=120 takes=C09DX04, out",
        "heart-failure, ras-blocker-heart-failure, dx=I50.12 ef=30 bp=120 over=T78.3, out",
        // Hypertension.
        "hypertension, ras-blocker-hypertension, dx=I10 bp=140, in",
        "hypertension, ras-blocker-hypertension, dx=I10 bp=139, out",
        "hypertension, ras-blocker-hypertension, dx=I10, asked",
        "hypertension, ras-blocker-hypertension, dx=I10 bp=140 takes=C09DB01, out",
        "hypertension, calcium-blocker, dx=I10 bp=140, in",
        "hypertension, calcium-blocker, dx=I10 bp=140 takes=C09DB01, out",
        "hypertension, calcium-blocker, dx=I10 bp=140 takes=C09DX01, asked",
        "hypertension, calcium-blocker, dx=I10 bp=140 dx=I50.12, out",
        "hypertension, thiazide, dx=I10 bp=140, out",
        "hypertension, thiazide, dx=I10 bp=150 takes=C09DB01, in",
        "hypertension, thiazide, dx=I10 bp=150 takes=C09AA05 takes=C08CA01, in",
        "hypertension, thiazide, dx=I10 bp=150 takes=C09BA05 takes=C08CA01, out",
        "hypertension, thiazide, dx=I10 bp=150 takes=C09DB01 over=M10.0, out"
    })
    void aMedicineIsProposedLeftOutOrAsked(String programme, String medicine, String known, String expected) {
        AppliedPlan plan = patient(known).in(programme);
        String id = "propose-" + medicine;
        String title = Objects.requireNonNull(titles(programme).get(id));
        boolean asked = questions(plan).stream()
                .anyMatch(each -> each.getDescription().contains(title) || concernsAll(each, programme));
        List<String> notes =
                plan.plan().getNote().stream().map(Annotation::getText).toList();
        assertThat(plan.parts().containsKey(id)).as("proposed").isEqualTo(expected.equals("in"));
        assertThat(notes.stream().anyMatch(note -> note.startsWith(title + ": left out")))
                .as("left out %s", notes)
                .isEqualTo(expected.equals("out"));
        assertThat(notes.stream().anyMatch(note -> note.startsWith(title + ": not proposed")))
                .as("put off %s", notes)
                .isEqualTo(expected.equals("asked"));
        if (expected.equals("asked")) {
            assertThat(asked).isTrue();
        }
    }

    /** A question on the diagnosis concerns the programme as a whole. */
    private static boolean concernsAll(Task question, String programme) {
        return question.getDescription()
                .contains(Patients.programme(programme).plan().getTitle());
    }

    private static Map<String, String> titles(String programme) {
        return actions(Patients.programme(programme).plan())
                .collect(Collectors.toMap(
                        PlanDefinitionActionComponent::getId, PlanDefinitionActionComponent::getTitle));
    }

    private static Stream<PlanDefinitionActionComponent> actions(PlanDefinition plan) {
        return plan.getAction().stream().flatMap(ProposedMedicinesTest::within);
    }

    private static Stream<PlanDefinitionActionComponent> within(PlanDefinitionActionComponent action) {
        return Stream.concat(Stream.of(action), action.getAction().stream().flatMap(ProposedMedicinesTest::within));
    }

    private static List<Task> questions(AppliedPlan plan) {
        return plan.parts().values().stream()
                .filter(Task.class::isInstance)
                .map(Task.class::cast)
                .filter(task -> Codes.THERAPY_QUESTION.equals(
                        task.getCode().getCodingFirstRep().getCode()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1966-03-01, female, , in",
        "1971-03-01, female, , asked",
        "1971-03-01, male, , in",
        "1971-03-01, female, O26.9, out",
        "1971-03-01, , , asked",
        "1971, female, , asked"
    })
    void whoMayBePregnantIsAskedAbout(
            String born, @Nullable String gender, @Nullable String diagnosed, String expected) {
        Patients patient = Patients.born(born).diagnosed("I25.1");
        if ("female".equals(gender)) {
            patient.female();
        } else if ("male".equals(gender)) {
            patient.male();
        }
        if (diagnosed != null) {
            patient.diagnosed(diagnosed);
        }
        AppliedPlan plan = patient.in("coronary-disease");
        assertThat(plan.parts().containsKey("propose-statin")).isEqualTo(expected.equals("in"));
        assertThat(plan.parts().containsKey("question-statin-permitted")).isEqualTo(expected.equals("asked"));
    }

    @Test
    void aProposalIsADraftWithoutADoseThatSaysWhy() {
        MedicationRequest proposal = (MedicationRequest) Objects.requireNonNull(patient("dx=I50.12 ef=35 hr=70 bp=120")
                .in("heart-failure")
                .parts()
                .get("propose-beta-blocker"));
        assertThat(VALIDATOR.validate(proposal)).noneMatch(ValidationIssue::isError);
        assertThat(proposal.getStatus()).isEqualTo(MedicationRequestStatus.DRAFT);
        assertThat(proposal.getIntent()).isEqualTo(MedicationRequestIntent.PROPOSAL);
        assertThat(proposal.hasDosageInstruction()).isFalse();
        assertThat(proposal.hasDispenseRequest()).isFalse();
        assertThat(proposal.hasDoNotPerform()).isFalse();
        assertThat(proposal.getMedicationCodeableConcept().getCodingFirstRep().getCode())
                .isEqualTo("C07");
        assertThat(proposal.getReasonReference())
                .extracting(Reference::getReference)
                .containsExactly("Condition/c0");
        assertThat(proposal.getSupportingInformation())
                .extracting(Reference::getReference)
                .allMatch(reference -> reference.startsWith("Observation/"))
                .hasSize(2);
        assertThat(proposal.getNoteFirstRep().getText())
                .contains(
                        "nothing is prescribed",
                        "The newest ejection fraction is at most 40 %",
                        "No beta blocker is prescribed",
                        "Class I, level A",
                        "https://doi.org/10.1093/eurheartj/ehab368");
        assertThat(proposal.getInstantiatesCanonical().get(0).getValue())
                .endsWith("/ActivityDefinition/propose-beta-blocker|1.0.0");
    }

    /** Insurers read plans and medicines, and no diagnoses. */
    @Test
    void whatSpeaksAgainstAMedicineIsNamedAndNotTold() {
        CarePlan plan = patient("dx=I25.1 suspected=I61.0 dx=K72.0")
                .in("coronary-disease")
                .plan();
        assertThat(plan.getNote().stream().map(Annotation::getText))
                .anyMatch(note -> note.startsWith("Statin: left out")
                        && note.contains("a contraindication is in the record: Condition/c2"))
                .anyMatch(note -> note.startsWith("Platelet inhibitor: not proposed"))
                .noneMatch(note -> note.contains("liver") || note.contains("bleeding"));
    }

    /** What is only proposed, paused or over is not taken. */
    @Test
    void onlyWhatIsPrescribedCountsAsTaken() {
        for (Consumer<MedicationRequest> change : List.<Consumer<MedicationRequest>>of(
                request -> request.setIntent(MedicationRequestIntent.PROPOSAL),
                request -> request.setStatus(MedicationRequestStatus.DRAFT),
                request -> request.setStatus(MedicationRequestStatus.STOPPED))) {
            AppliedPlan plan = patient("dx=I25.1 takes=C10AA05").but(change).in("coronary-disease");
            assertThat(plan.parts()).containsKeys("propose-statin", "medication-known");
            assertThat(plan.plan().getActivity()).noneMatch(each -> "MedicationRequest/m0"
                    .equals(each.getReference().getReference()));
        }
    }

    @Test
    void anAllergyThatIsRefutedOrOverIsNoneAndASuspectedOneIsAskedAbout() {
        for (String[] each : new String[][] {
            {"refuted", "active", "no"}, {"confirmed", "resolved", "no"}, {"unconfirmed", "active", "open"}
        }) {
            Patients patient = patient("dx=I25.1");
            AllergyIntolerance allergy = patient.allergic(Patients.ATC, "C10AA05");
            allergy.setVerificationStatus(
                    Patients.concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", each[0]));
            allergy.setClinicalStatus(
                    Patients.concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", each[1]));
            Fact fact = patient.facts().of(NamedInput.STATIN_CONTRAINDICATED);
            assertThat(fact instanceof Fact.Known ? "no" : "open").as(each[0]).isEqualTo(each[2]);
        }
    }

    @Test
    void everyClassIsProposedBySomeProgrammeAndEveryProposalAsksForBoth() {
        TreeSet<String> proposed = new TreeSet<>();
        for (String name : List.of("coronary-disease", "atrial-fibrillation", "heart-failure", "hypertension")) {
            Programme programme = Patients.programme(name);
            ProposalRules.demand(programme);
            actions(programme.plan())
                    .filter(programme::proposesMedicine)
                    .map(action -> programme.activity(action).orElseThrow())
                    .forEach(definition -> {
                        assertThat(definition.hasDosage()).isFalse();
                        assertThat(definition.getRelatedArtifactFirstRep().getLabel())
                                .startsWith("Class I,");
                        proposed.add(definition
                                .getProductCodeableConcept()
                                .getCodingFirstRep()
                                .getCode());
                    });
        }
        assertThat(proposed).hasSize(MedicineClass.values().length);
        assertThat(Arrays.stream(MedicineClass.values())).allMatch(each -> proposed.stream()
                .anyMatch(code -> MedicineClass.proposedAs(code).equals(Optional.of(each))));
    }

    @Test
    void aProgrammeThatProposesInAnotherWayIsNotUnderstood() {
        refused(definition -> definition.setIntent(RequestIntent.ORDER), plan -> {}, "of another intent");
        refused(
                definition -> definition.setProduct(Patients.concept(Patients.ATC, "M01AE01")),
                plan -> {},
                "of no class");
        refused(definition -> definition.setProduct(new Reference("Medication/1")), plan -> {}, "of no class");
        refused(definition -> {}, plan -> statin(plan).getCondition().remove(0), "%statinPrescribed.not()");
        refused(definition -> {}, plan -> statin(plan).getCondition().remove(1), "%statinContraindicated.not()");
        refused(
                definition -> {},
                plan -> statin(plan)
                        .getCondition()
                        .get(1)
                        .getExpression()
                        .setExpression("%statinContraindicated.not() or true"),
                "%statinContraindicated.not()");
    }

    private static PlanDefinitionActionComponent statin(PlanDefinition plan) {
        return actions(plan)
                .filter(action -> "propose-statin".equals(action.getId()))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(Consumer<ActivityDefinition> definition, Consumer<PlanDefinition> plan, String why) {
        Programme shipped = Patients.programme("coronary-disease");
        PlanDefinition changed = shipped.plan().copy();
        plan.accept(changed);
        List<ActivityDefinition> activities = shipped.activities().values().stream()
                .map(ActivityDefinition::copy)
                .toList();
        activities.stream()
                .filter(each -> each.getUrl().endsWith("/propose-statin"))
                .forEach(definition);
        assertThatThrownBy(() -> new PlanEngine(Patients.FHIR)
                        .apply(
                                Programme.of(changed, activities),
                                patient("dx=I25.1").facts(),
                                Patients.order()))
                .isInstanceOfSatisfying(ProgrammeException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.NOT_UNDERSTOOD))
                .hasMessageContaining(why);
    }

    @Test
    void theRiskOfStrokeCountsAgeAndIsNeverGuessed() {
        assertThat(Patients.born("1951-01-01").facts().of(NamedInput.HIGH_STROKE_RISK))
                .as("75 years are two points")
                .isInstanceOfSatisfying(
                        Fact.Known.class, known -> assertThat(((BooleanType) known.value()).booleanValue())
                                .isTrue());
        assertThat(Patients.born("1961-01-01").diagnosed("I10").facts().of(NamedInput.HIGH_STROKE_RISK))
                .isInstanceOf(Fact.Known.class);
        assertThat(Patients.born("1961-01-01").facts().of(NamedInput.HIGH_STROKE_RISK))
                .isInstanceOf(Fact.Unknown.class);
    }
}
