package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CarePlan/[id]/$activate} on drafts of the programme for hypertension. */
class PlanActivationIT extends RunningServer {

    private static int wards;

    private String clinician = "";
    private String patient = "";
    private String plan = "";

    @BeforeEach
    void aDraft() {
        clinician = TOKENS.clinician(Records.CLINIC);
        patient = Ward.open("plan-activation-" + wards++);
        diagnose("I10");
        plan = apply("hypertension");
    }

    private String apply(String programme) {
        Parameters order = new Parameters().addParameter("subject", new StringType("Patient/" + patient));
        order.addParameter("canonical", new UriType(Canonicals.BASE + "/PlanDefinition/" + programme));
        Answer answer = post("/PlanDefinition/$apply", clinician, order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((CarePlan) answer.resource()).getIdElement().getIdPart();
    }

    private void diagnose(String icd10) {
        Condition condition = new Condition().setCode(concept(Codes.ICD_10_GM, icd10));
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

    private <T extends Resource> List<T> found(Class<T> type) {
        return get("/" + type.getSimpleName() + "?patient=" + patient + "&_count=200", clinician)
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> type.cast(entry.getResource()))
                .filter(each -> !(each instanceof Goal goal)
                        || goal.getIdentifier().stream()
                                .anyMatch(its -> Canonicals.THERAPY_PLAN_IDENTIFIER.equals(its.getSystem())))
                .toList();
    }

    private CarePlan storedPlan() {
        return (CarePlan) get("/CarePlan/" + plan, clinician).resource();
    }

    private Answer activate(String token, String version) {
        return post(
                "/CarePlan/" + plan + "/$activate",
                token,
                new Parameters().addParameter("version", new IdType(version)));
    }

    private Answer activate() {
        return activate(clinician, storedPlan().getIdElement().getVersionIdPart());
    }

    private void change(Resource record) {
        record.setMeta(null);
        Answer answer =
                put("/" + record.fhirType() + "/" + record.getIdElement().getIdPart(), clinician, record);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void answerEveryQuestion() {
        found(Task.class).stream()
                .filter(task -> task.getCode().getCodingFirstRep().getCode().equals(Codes.THERAPY_QUESTION))
                .forEach(task -> change(task.setStatus(TaskStatus.COMPLETED)));
    }

    private void assertDraft() {
        assertThat(storedPlan().getStatus()).isEqualTo(CarePlanStatus.DRAFT);
        assertThat(found(Goal.class)).allMatch(goal -> goal.getLifecycleStatus() == GoalLifecycleStatus.PROPOSED);
        assertThat(found(ServiceRequest.class)).noneMatch(each -> each.getStatus() == ServiceRequestStatus.ACTIVE);
    }

    @Test
    void onceEveryQuestionIsAnsweredThePlanHoldsWithAllThatBelongsToIt() {
        Answer open = activate();
        assertThat(open.status()).as(open.body()).isEqualTo(422);
        assertThat(open.codes()).isNotEmpty().containsOnly("SN-PLAN-015");
        assertDraft();

        answerEveryQuestion();
        Answer answer = activate();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(((CarePlan) answer.resource()).getStatus()).isEqualTo(CarePlanStatus.ACTIVE);
        assertThat(found(Goal.class))
                .isNotEmpty()
                .allMatch(goal -> goal.getLifecycleStatus() == GoalLifecycleStatus.ACTIVE);
        assertThat(found(ServiceRequest.class))
                .isNotEmpty()
                .allMatch(each -> each.getStatus() == ServiceRequestStatus.ACTIVE);
        assertThat(found(Task.class)).noneMatch(task -> task.getStatus() == TaskStatus.DRAFT);
        assertThat(activate().codes()).as("once").containsExactly("SN-PLAN-004");
    }

    @Test
    void whoReleasedItIsRecordedWithTheVersionsThatHoldSinceThen() {
        Answer refused = activate();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(releases(clinician)).as("nothing was released").isEmpty();
        answerEveryQuestion();
        assertThat(activate().status()).isEqualTo(200);
        List<String> held = Stream.of(
                        Stream.of(storedPlan()), found(Goal.class).stream(), found(ServiceRequest.class).stream())
                .flatMap(each -> each)
                .map(each -> each.fhirType() + "/" + each.getIdElement().getIdPart() + "/_history/"
                        + each.getIdElement().getVersionIdPart())
                .toList();
        for (String token : List.of(clinician, TOKENS.patient(patient))) {
            assertThat(releases(token)).singleElement().satisfies(release -> {
                assertThat(release.getTarget())
                        .extracting(Reference::getReference)
                        .containsAll(held);
                assertThat(release.getActivity().getCodingFirstRep().getCode()).isEqualTo("ACTIVATE");
                assertThat(release.getRecorded()).isCloseTo(new Date(), 60_000);
                assertThat(release.getAgent()).singleElement().satisfies(agent -> {
                    assertThat(agent.getWho().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
                    assertThat(agent.getOnBehalfOf().getReference()).isEqualTo("Organization/" + Records.CLINIC);
                });
                Answer valid = post("/Provenance/$validate", TOKENS.loader(), withVersions(release));
                assertThat(valid.body()).doesNotContain("\"severity\":\"error\"");
            });
        }
        assertThat(releases(TOKENS.clinician(Records.CENTRE))).isEmpty();
        Provenance forged = releases(clinician).get(0);
        forged.setId("");
        forged.setMeta(null);
        for (String token : List.of(clinician, TOKENS.job())) {
            assertThat(post("/Provenance", token, withVersions(forged)).status())
                    .isEqualTo(403);
        }
        assertThat(releases(clinician)).hasSize(1);
    }

    /** By nobody, alone or with all that names it; not the release either. Then the person is erased with all of it. */
    @Test
    void whatWasReleasedIsRevokedAndNotDeleted() {
        String loader = TOKENS.loader();
        answerEveryQuestion();
        assertThat(activate().status()).isEqualTo(200);
        Provenance release = releases(clinician).get(0);
        List<String> signed = Stream.concat(
                        Stream.of("Provenance/" + release.getIdElement().getIdPart()),
                        release.getTarget().stream().map(target -> target.getReferenceElement()
                                .toUnqualifiedVersionless()
                                .getValue()))
                .toList();
        assertThat(signed).hasSizeGreaterThan(5).contains("CarePlan/" + plan);
        for (String token : List.of(clinician, TOKENS.clinicSystem(Records.CLINIC), loader)) {
            assertStays(Ward.delete("/CarePlan/" + plan, token), "CarePlan");
        }
        for (String path : signed) {
            assertStays(Ward.delete("/" + path, loader), path.substring(0, path.indexOf('/')));
        }
        Bundle all = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        signed.forEach(path ->
                all.addEntry().getRequest().setMethod(Bundle.HTTPVerb.DELETE).setUrl(path));
        assertStays(post("", loader, all), "Bundle.entry[0].resource");
        Answer asked = get("/CarePlan/" + plan + "/$validate?mode=delete", loader);
        assertThat(asked.codes()).as(asked.body()).containsExactly("SN-CONTENT-002");

        change(storedPlan().setStatus(CarePlanStatus.REVOKED));
        assertStays(Ward.delete("/CarePlan/" + plan, clinician), "CarePlan");
        assertThat(releases(TOKENS.patient(patient))).hasSize(1);

        Parameters erasure = new Parameters()
                .addParameter("patient", new Reference("Patient/" + patient))
                .addParameter("reason", new CodeType("objection"));
        Answer erased = post("/Patient/" + patient + "/$erase", loader, erasure);
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM public.hfj_resource WHERE fhir_id = ANY (?)", Integer.class, (Object)
                                signed.stream()
                                        .map(path -> path.substring(path.indexOf('/') + 1))
                                        .toArray(String[]::new)))
                .isZero();
    }

    private static void assertStays(Answer refused, String expression) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("SN-CONTENT-002");
        assertThat(refused.outcome().getIssueFirstRep().getExpression())
                .extracting(StringType::getValue)
                .containsExactly(expression);
        assertThat(refused.outcome().getIssueFirstRep().getDiagnostics()).contains("a plan is revoked");
    }

    private static String withVersions(Provenance release) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(release);
    }

    private List<Provenance> releases(String token) {
        Answer answer = get("/Provenance?target=CarePlan/" + plan, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> (Provenance) entry.getResource())
                .toList();
    }

    @Test
    void noOtherWayMakesItHold() {
        answerEveryQuestion();
        CarePlan active = storedPlan().setStatus(CarePlanStatus.ACTIVE);
        active.setMeta(null);
        for (String token : List.of(clinician, TOKENS.clinicSystem(Records.CLINIC), TOKENS.patient(patient))) {
            assertThat(put("/CarePlan/" + plan, token, active).status()).isEqualTo(403);
        }
        assertThat(Ward.jsonPatch(
                                "/CarePlan/" + plan,
                                clinician,
                                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]")
                        .status())
                .isEqualTo(403);
        CarePlan without = storedPlan();
        without.setMeta(null);
        without.getIdentifier().clear();
        assertThat(put("/CarePlan/" + plan, clinician, without).status())
                .as("it stays one of a programme")
                .isEqualTo(403);
        CarePlan made = storedPlan().setStatus(CarePlanStatus.ACTIVE);
        made.setId((String) null);
        made.setMeta(null);
        assertThat(post("/CarePlan", clinician, made).status()).isEqualTo(403);
        assertDraft();
    }

    @Test
    void onlyAClinicianWhoMayKnowOfItActivates() {
        answerEveryQuestion();
        String version = storedPlan().getIdElement().getVersionIdPart();
        for (String token : List.of(
                TOKENS.patient(patient),
                TOKENS.clinicSystem(Records.CLINIC),
                TOKENS.job(),
                TOKENS.auditor(),
                TOKENS.loader(),
                TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)))) {
            assertThat(activate(token, version).status()).isEqualTo(403);
        }
        Answer foreign = activate(TOKENS.clinician(Records.CENTRE), version);
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
        String reading = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/*.rs user/CarePlan.u"));
        Answer cannotWrite = activate(reading, version);
        assertThat(cannotWrite.status()).as(cannotWrite.body()).isEqualTo(403);
        assertDraft();
    }

    @Test
    void anotherVersionOrFormIsNotActivated() {
        answerEveryQuestion();
        CarePlan changed = storedPlan();
        String looked = changed.getIdElement().getVersionIdPart();
        change(changed.setDescription("Changed after it was looked at."));
        assertThat(activate(clinician, looked).codes()).containsExactly("SN-PLAN-004");
        assertThat(post("/CarePlan/" + plan + "/$activate", clinician, new Parameters())
                        .codes())
                .containsExactly("SN-PLAN-001");
        assertDraft();
    }

    @Test
    void aContraindicationThatIsFoundMeanwhileStopsIt() {
        answerEveryQuestion();
        diagnose("I20.0");
        Answer answer = activate();
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).isNotEmpty().containsOnly("SN-PLAN-014");
        assertDraft();
        found(ServiceRequest.class).stream()
                .filter(each -> each.getCategory().stream()
                        .anyMatch(category ->
                                category.getCodingFirstRep().getCode().equals("229065009")))
                .forEach(each -> change(each.setStatus(ServiceRequestStatus.REVOKED)));
        assertThat(activate().status()).as("without training").isEqualTo(200);
    }

    @Test
    void trainingByVideoIsStoppedByAContraindicationToo() {
        diagnose("I25.1");
        plan = apply("cardiac-rehabilitation-phase-three");
        answerEveryQuestion();
        diagnose("I20.0");
        found(ServiceRequest.class).stream()
                .filter(each -> each.hasCategory())
                .forEach(each -> change(each.setStatus(ServiceRequestStatus.REVOKED)));
        Answer answer = activate();
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).hasSize(12).containsOnly("SN-PLAN-014");
        assertThat(answer.outcome().getIssue())
                .allMatch(issue -> issue.getExpression().get(0).getValue().equals("Appointment"));
        assertDraft();
        CarePlan without = storedPlan();
        without.getActivity()
                .removeIf(each -> each.getReference().getReferenceElement().getResourceType() != null
                        && each.getReference()
                                .getReferenceElement()
                                .getResourceType()
                                .equals("Appointment"));
        change(without);
        assertThat(activate().status()).as("without training").isEqualTo(200);
    }

    @Test
    void badPlansAreRefusedWithTheirRules() {
        answerEveryQuestion();
        Goal goal = found(Goal.class).stream()
                .filter(each -> each.getIdentifierFirstRep().getValue().endsWith(".goal-pressure"))
                .findFirst()
                .orElseThrow();
        goal.addTarget()
                .setMeasure(concept(Codes.LOINC, Codes.SYSTOLIC))
                .setDetail(new Quantity()
                        .setValue(150)
                        .setUnit("mm[Hg]")
                        .setSystem(Codes.UCUM)
                        .setCode("mm[Hg]"));
        change(goal);
        prescribe(new Quantity(1));
        prescribe(new Quantity(1).setUnit("tablet"));
        Answer answer = activate();
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsExactlyInAnyOrder("SN-PLAN-011", "SN-PLAN-012", "SN-PLAN-013");
        assertDraft();
    }

    private void prescribe(Quantity dose) {
        MedicationRequest request = new MedicationRequest();
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        request.setSubject(new Reference("Patient/" + patient));
        request.setMedication(concept("http://fhir.de/CodeSystem/ifa/pzn", "01234567"));
        request.addDosageInstruction().addDoseAndRate().setDose(dose);
        stored("/MedicationRequest", request);
    }
}
