package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Medicines that the programme for coronary disease proposes, until a clinician has decided on each. */
class ProposedMedicinesIT extends RunningServer {

    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    private static int wards;

    private String clinician = "";
    private String ward = "";
    private String patient = "";

    @BeforeEach
    void aPatientWithCoronaryDisease() {
        clinician = TOKENS.clinician(Records.CLINIC);
        ward = "proposed-medicines-" + wards++;
        patient = Ward.open(ward);
        Condition condition = new Condition().setCode(concept(Codes.ICD_10_GM, "I25.1"));
        condition.setSubject(new Reference("Patient/" + patient));
        condition.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        stored("/Condition", condition);
    }

    private void stored(String path, Resource record) {
        Answer answer = post(path, clinician, record);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private Answer apply(String token) {
        return post(
                "/PlanDefinition/$apply",
                token,
                new Parameters()
                        .addParameter("subject", new StringType("Patient/" + patient))
                        .addParameter("canonical", new UriType(Canonicals.BASE + "/PlanDefinition/coronary-disease")));
    }

    private String applied() {
        Answer answer = apply(clinician);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return "CarePlan/" + answer.resource().getIdElement().getIdPart();
    }

    private <T extends Resource> List<T> found(Class<T> type) {
        return get("/" + type.getSimpleName() + "?patient=" + patient + "&_count=200", clinician)
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> type.cast(entry.getResource()))
                .toList();
    }

    private MedicationRequest proposal(String part) {
        return found(MedicationRequest.class).stream()
                .filter(each ->
                        String.valueOf(each.getIdentifierFirstRep().getValue()).endsWith(".propose-" + part))
                .findFirst()
                .orElseThrow();
    }

    private Answer change(Resource record) {
        record.setMeta(null);
        return put("/" + record.fhirType() + "/" + record.getIdElement().getIdPart(), clinician, record);
    }

    private void changed(Resource record) {
        Answer answer = change(record);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void answerEveryQuestion() {
        found(Task.class).stream()
                .filter(task -> task.getCode().getCodingFirstRep().getCode().equals(Codes.THERAPY_QUESTION))
                .forEach(task -> changed(task.setStatus(TaskStatus.COMPLETED)));
    }

    private CarePlan plan(String path) {
        return (CarePlan) get("/" + path, clinician).resource();
    }

    private Answer activate(String path) {
        return post(
                "/" + path + "/$activate",
                clinician,
                new Parameters()
                        .addParameter(
                                "version", new IdType(plan(path).getIdElement().getVersionIdPart())));
    }

    private static MedicationRequest prescribed(MedicationRequest proposal, Quantity dose) {
        proposal.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        proposal.setMedication(concept(ATC, "C10AA05").setText("Atorvastatin 40 mg"));
        proposal.getDosageInstruction().clear();
        proposal.addDosageInstruction().addDoseAndRate().setDose(dose);
        proposal.getDosageInstructionFirstRep()
                .getTiming()
                .getRepeat()
                .setFrequency(1)
                .setPeriod(1)
                .setPeriodUnit(UnitsOfTime.D);
        return proposal;
    }

    @Test
    void aClinicianDecidesOnEachProposalBeforeThePlanHolds() {
        String plan = applied();
        List<MedicationRequest> proposals = found(MedicationRequest.class);
        assertThat(proposals).hasSize(2).allSatisfy(each -> {
            assertThat(each.getStatus()).isEqualTo(MedicationRequestStatus.DRAFT);
            assertThat(each.getIntent()).isEqualTo(MedicationRequestIntent.PROPOSAL);
            assertThat(each.hasDosageInstruction()).isFalse();
            assertThat(each.getRequester().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
            assertThat(each.getReasonReferenceFirstRep().getReference()).startsWith("Condition/");
            assertThat(plan(plan).getActivity()).anyMatch(activity -> activity.getReference()
                    .getReference()
                    .equals("MedicationRequest/" + each.getIdElement().getIdPart()));
        });
        assertThat(print(plan)).doesNotContain("Statin", "Platelet");
        answerEveryQuestion();
        Answer undecided = activate(plan);
        assertThat(undecided.status()).as(undecided.body()).isEqualTo(422);
        assertThat(undecided.codes()).containsExactly("SN-PLAN-018", "SN-PLAN-018");
        assertThat(undecided.outcome().getIssue()).allSatisfy(issue -> {
            assertThat(issue.getExpression())
                    .extracting(StringType::getValue)
                    .containsExactly("MedicationRequest.status");
            assertThat(issue.getDiagnostics()).contains("Prescribe it", "decline it");
        });
        assertThat(plan(plan).getStatus()).isEqualTo(CarePlanStatus.DRAFT);

        MedicationRequest statin = proposal("statin");
        Answer asProposal = change(statin.copy().setStatus(MedicationRequestStatus.ACTIVE));
        assertThat(asProposal.status()).as(asProposal.body()).isEqualTo(403);
        assertThat(asProposal.codes()).containsExactly("SN-CONTENT-001");
        MedicationRequest withoutDose = prescribed(statin.copy(), new Quantity(40));
        withoutDose.getDosageInstruction().clear();
        changed(withoutDose);
        changed(proposal("antiplatelet").setStatus(MedicationRequestStatus.CANCELLED));
        assertThat(activate(plan).codes()).containsExactly("SN-PLAN-018");
        changed(prescribed(proposal("statin"), new Quantity(40)));
        assertThat(activate(plan).codes()).as("a dose without a unit").containsExactly("SN-PLAN-012");
        changed(prescribed(
                proposal("statin"),
                new Quantity(40).setUnit("mg").setSystem(Codes.UCUM).setCode("mg")));

        Answer active = activate(plan);
        assertThat(active.status()).as(active.body()).isEqualTo(200);
        assertThat(proposal("antiplatelet").getStatus()).isEqualTo(MedicationRequestStatus.CANCELLED);
        assertThat(proposal("statin").getStatus()).isEqualTo(MedicationRequestStatus.ACTIVE);
        assertThat(print(plan)).contains("Atorvastatin 40 mg").doesNotContain("Platelet");
        Answer progress = get("/" + plan + "/$progress", clinician);
        assertThat(progress.status()).as(progress.body()).isEqualTo(200);
        assertThat(progress.body()).contains("Atorvastatin 40 mg").doesNotContain("Platelet");
    }

    private String print(String plan) {
        Answer page = get("/" + plan + "/$print?language=en&_format=html", clinician);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void whatIsTakenOutOfThePlanNeedsNoDecision() {
        String path = applied();
        answerEveryQuestion();
        CarePlan plan = plan(path);
        plan.getActivity()
                .removeIf(activity ->
                        String.valueOf(activity.getReference().getReference()).startsWith("MedicationRequest/"));
        changed(plan);
        Answer active = activate(path);
        assertThat(active.status()).as(active.body()).isEqualTo(200);
        assertThat(found(MedicationRequest.class))
                .hasSize(2)
                .allMatch(each -> each.getStatus() == MedicationRequestStatus.DRAFT);
    }

    @Test
    void whoMayNotPrescribeProposesNothingAndNothingIsHalfWritten() {
        String all = "user/Patient.rs user/PlanDefinition.rs user/ActivityDefinition.rs user/CarePlan.crs user/Goal.crs"
                + " user/ServiceRequest.crs user/Task.crs user/Appointment.crs user/Condition.rs user/Observation.rs"
                + " user/MedicationRequest.rs user/AllergyIntolerance.rs";
        Answer refused = apply(scoped(all));
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("SN-SCOPE-001");
        assertThat(found(CarePlan.class)).isEmpty();
        assertThat(found(Task.class)).isEmpty();
        assertThat(found(MedicationRequest.class)).isEmpty();

        Answer made = apply(scoped(all.replace("MedicationRequest.rs", "MedicationRequest.crs")));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(found(MedicationRequest.class)).hasSize(2);
    }

    /** One that stands behind what is read at once would not be seen. */
    @Test
    void ofMoreAllergiesThanAreReadNothingIsProposed() {
        for (int i = 0; i < 3; i++) {
            load(Records.transaction(
                    IntStream.range(0, 167).mapToObj(each -> pollenAllergy()).toArray(Resource[]::new)));
        }
        applied();
        assertThat(found(MedicationRequest.class)).isEmpty();
        assertThat(found(Task.class))
                .anyMatch(task -> String.valueOf(task.getDescription()).contains("allergies could not be read"));
    }

    /**
     * A clinician who may have but a part of a type is told that it could not be read: what a rule withholds is no record
     * without it. Of each type that decides on a proposal, one deny.
     */
    @ParameterizedTest
    @CsvSource({
        "AllergyIntolerance, allergies could not be read",
        "Condition, diagnoses could not be read",
        "MedicationRequest, prescriptions could not be read"
    })
    void whatARuleOfThePatientWithholdsIsNotTakenForAbsent(String type, String told) {
        Consent consent = Ward.consent(ward);
        ProvisionComponent permit = consent.getProvision().getProvision().get(0);
        ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, type, null));
        deny.setDataPeriod(Consents.period("2001-01-01", "2001-01-02"));
        load(Records.transaction(consent));

        applied();

        assertThat(found(MedicationRequest.class)).isEmpty();
        assertThat(found(Task.class))
                .anyMatch(task -> String.valueOf(task.getDescription()).contains(told));
    }

    /** No search can say a rule by author, so that it finds none of the type: reads give them, and $apply asks. */
    @Test
    void underADenyByAuthorNothingIsProposedAndAnOpenPlanIsFound() {
        String before = applied();
        Consent consent = Ward.consent(ward);
        ProvisionComponent deny =
                consent.getProvision().getProvision().get(0).addProvision().setType(ConsentProvisionType.DENY);
        deny.addData()
                .setMeaning(ConsentDataMeaning.AUTHOREDBY)
                .setReference(new Reference("Practitioner/" + stranger()));
        load(Records.transaction(consent));
        assertThat(found(CarePlan.class)).as("by a search").isEmpty();

        assertThat(applied()).as("the plan that a read gives").isEqualTo(before);

        changed(plan(before).setStatus(CarePlanStatus.REVOKED));
        CarePlan second = plan(applied());
        assertThat(second.getActivity()).as("no medicine is proposed").noneMatch(activity -> String.valueOf(
                        activity.getReference().getReference())
                .startsWith("MedicationRequest/"));
    }

    private static String stranger() {
        Practitioner stranger = Records.practitioner();
        stranger.setId(Records.id("proposed-medicines-stranger"));
        load(Records.transaction(stranger));
        return stranger.getIdElement().getIdPart();
    }

    private AllergyIntolerance pollenAllergy() {
        AllergyIntolerance allergy = new AllergyIntolerance().addCategory(AllergyIntoleranceCategory.ENVIRONMENT);
        allergy.setId(UUID.randomUUID().toString());
        allergy.setPatient(new Reference("Patient/" + patient));
        allergy.setClinicalStatus(
                concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active"));
        return allergy.setCode(new CodeableConcept().setText("Pollen"));
    }

    @Test
    void anAllergyThatCannotBeReadIsAQuestionAndOneThatIsReadIsNoProposal() {
        AllergyIntolerance allergy = new AllergyIntolerance().setCode(concept(ATC, "C10AA05"));
        allergy.setPatient(new Reference("Patient/" + patient));
        allergy.setClinicalStatus(
                concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active"));
        stored("/AllergyIntolerance", allergy);
        Answer blind =
                apply(scoped("user/Patient.rs user/PlanDefinition.rs user/ActivityDefinition.rs user/CarePlan.crs"
                        + " user/Goal.crs user/ServiceRequest.crs user/Task.crs user/Appointment.crs user/Condition.rs"
                        + " user/Observation.rs user/MedicationRequest.crs"));
        assertThat(blind.status()).as(blind.body()).isEqualTo(200);
        assertThat(found(MedicationRequest.class)).isEmpty();
        assertThat(found(Task.class))
                .anyMatch(task -> String.valueOf(task.getDescription()).contains("allergies could not be read"));

        String draft = "CarePlan/" + blind.resource().getIdElement().getIdPart();
        changed(plan(draft).setStatus(CarePlanStatus.REVOKED));
        CarePlan seeing = plan(applied());
        assertThat(found(MedicationRequest.class)).singleElement().satisfies(each -> assertThat(
                        each.getIdentifierFirstRep().getValue())
                .endsWith(".propose-antiplatelet"));
        assertThat(seeing.getNote())
                .anyMatch(note -> note.getText().startsWith("Statin: left out")
                        && note.getText().contains("a contraindication is in the record: AllergyIntolerance/"));
    }

    @Test
    void whatIsPrescribedAlreadyIsNamedAndNotProposed() {
        MedicationRequest taken = new MedicationRequest();
        taken.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        taken.setSubject(new Reference("Patient/" + patient));
        taken.setMedication(concept(ATC, "C10AA05"));
        stored("/MedicationRequest", taken);
        applied();
        assertThat(found(MedicationRequest.class)).hasSize(2).anyMatch(each -> each.getIdentifier()
                .isEmpty());
        assertThat(proposal("antiplatelet").getStatus()).isEqualTo(MedicationRequestStatus.DRAFT);
    }

    private static String scoped(String scopes) {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", scopes));
    }
}
