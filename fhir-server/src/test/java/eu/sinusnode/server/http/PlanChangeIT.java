package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plans hold once a clinician has activated them, whoever wrote them; what is changed of a plan that holds meets the same rules.
 */
class PlanChangeIT extends RunningServer {

    private static final String EXERCISE = "229065009";
    private static final String RAMIPRIL = "C09AA05";
    private static int wards;

    private final String clinician = TOKENS.clinician(Records.CLINIC);
    private final String system = TOKENS.clinicSystem(Records.CLINIC);

    private String name = "";
    private String patient = "";

    /** A plan that was imported: a systolic pressure below 130 mm[Hg], ramipril. */
    @BeforeEach
    void aPlanThatHolds() {
        name = "plan-change-" + wards++;
        patient = Ward.open(name);
        load(Records.transaction(aim("aim", pressure(130, "mm[Hg]", QuantityComparator.LESS_THAN))));
        load(Records.transaction(named("ramipril", prescription(RAMIPRIL))));
        load(Records.transaction(plan("plan", CarePlanStatus.ACTIVE)));
    }

    private String id(String part) {
        return Records.id(name + "-" + part);
    }

    private <T extends Resource> T named(String part, T record) {
        record.setId(id(part));
        return record;
    }

    private CarePlan plan(String part, CarePlanStatus status) {
        CarePlan plan = named(part, new CarePlan());
        plan.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Pressure at home");
        plan.setSubject(new Reference("Patient/" + patient));
        plan.getPeriod().getStartElement().setValueAsString("2026-11-01");
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlanActivityStatus.INPROGRESS)
                .setDescription("Little salt");
        plan.addActivity().setReference(new Reference("MedicationRequest/" + id("ramipril")));
        plan.addGoal(new Reference("Goal/" + id("aim")));
        return plan;
    }

    private Goal aim(String part, Quantity systolic) {
        Goal goal = named(part, Ward.newGoal(patient, "Pressure " + part));
        goal.addTarget().setMeasure(concept(Codes.LOINC, Codes.SYSTOLIC)).setDetail(systolic);
        return goal;
    }

    private static Quantity pressure(double value, String unit, QuantityComparator comparator) {
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit)
                .setComparator(comparator);
    }

    private MedicationRequest prescription(String atc) {
        MedicationRequest request = new MedicationRequest();
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        request.setSubject(new Reference("Patient/" + patient));
        request.setMedication(concept("http://fhir.de/CodeSystem/bfarm/atc", atc));
        return request;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null)).setText("as coded");
    }

    private <T extends Resource> T stored(Class<T> type, String part) {
        Answer answer = get("/" + type.getSimpleName() + "/" + id(part), clinician);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        T record = type.cast(answer.resource());
        record.setMeta(null);
        return record;
    }

    private Answer change(Resource record, String token) {
        return put("/" + record.fhirType() + "/" + record.getIdElement().getIdPart(), token, record);
    }

    private void assertRefused(Answer answer, String... codes) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly(codes);
    }

    private static void assertStored(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
    }

    private static CarePlan unnamed(CarePlan plan) {
        plan.setId((String) null);
        return plan;
    }

    private static Bundle transaction(HTTPVerb verb, Resource... records) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        for (Resource record : records) {
            boolean update = verb == HTTPVerb.PUT;
            bundle.addEntry()
                    .setResource(record)
                    .getRequest()
                    .setMethod(verb)
                    .setUrl(
                            update
                                    ? record.fhirType() + "/"
                                            + record.getIdElement().getIdPart()
                                    : record.fhirType());
        }
        return bundle;
    }

    @Test
    void aPlanByHandHoldsOnceAClinicianHasActivatedIt() {
        for (String token : List.of(clinician, system)) {
            for (CarePlanStatus status :
                    List.of(CarePlanStatus.ACTIVE, CarePlanStatus.ONHOLD, CarePlanStatus.UNKNOWN)) {
                Answer alone = post("/CarePlan", token, unnamed(plan("by-hand", status)));
                assertThat(alone.status()).as(alone.body()).isEqualTo(403);
                assertThat(alone.codes()).containsExactly("SN-CONTENT-001");
                assertThat(alone.outcome().getIssueFirstRep().getDiagnostics()).contains("$activate");
                assertThat(post("", token, transaction(HTTPVerb.POST, unnamed(plan("by-hand", status))))
                                .status())
                        .isEqualTo(403);
            }
        }
        load(Records.transaction(plan("by-hand", CarePlanStatus.DRAFT)));
        String path = "/CarePlan/" + id("by-hand");
        CarePlan active = stored(CarePlan.class, "by-hand").setStatus(CarePlanStatus.ACTIVE);
        for (String token : List.of(
                clinician,
                system,
                TOKENS.patient(patient),
                TOKENS.job(),
                TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)))) {
            assertThat(change(active, token).status()).isEqualTo(403);
            assertThat(post("", token, transaction(HTTPVerb.PUT, active)).status())
                    .isEqualTo(403);
            assertThat(Ward.jsonPatch(path, token, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(stored(CarePlan.class, "by-hand").getStatus()).isEqualTo(CarePlanStatus.DRAFT);

        Answer released = activate("1");
        assertThat(released.status()).as(released.body()).isEqualTo(200);
        assertThat(get("/Provenance?target=CarePlan/" + id("by-hand"), clinician)
                        .bundle()
                        .getEntry())
                .as("who looked it over")
                .hasSize(1);
    }

    @Test
    void aPlanByHandIsLookedOverLikeOneOfAProgramme() {
        CarePlan draft = plan("by-hand", CarePlanStatus.DRAFT);
        load(Records.transaction(aim("other", pressure(140, "mm[Hg]", QuantityComparator.GREATER_OR_EQUAL))));
        draft.addGoal(new Reference("Goal/" + id("other")));
        load(Records.transaction(draft));
        load(Records.transaction(named("candesartan", prescription("C09CA06"))));
        Answer answer = activate("1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).contains("SN-PLAN-011", "SN-PLAN-013");
        assertThat(answer.body()).contains("another active plan aims at").contains("10.1093/eurheartj/ehae178");
        assertThat(stored(CarePlan.class, "by-hand").getStatus()).isEqualTo(CarePlanStatus.DRAFT);
    }

    @Test
    void whatRestsHoldsAgainWhenAClinicianSaysSoAndWhatHasEndedDoesNot() {
        CarePlan plan = stored(CarePlan.class, "plan");
        assertStored(change(plan.setStatus(CarePlanStatus.ONHOLD), system));
        plan.setStatus(CarePlanStatus.ACTIVE);
        assertThat(change(plan, system).status()).isEqualTo(403);
        load(Records.transaction(named("candesartan", prescription("C09CA06"))));
        assertRefused(change(plan, clinician), "SN-PLAN-013");
        load(Records.transaction(
                named("candesartan", prescription("C09CA06").setStatus(MedicationRequestStatus.STOPPED))));
        assertStored(change(plan, clinician));
        assertStored(change(plan.setStatus(CarePlanStatus.COMPLETED), clinician));
        assertThat(change(plan.setStatus(CarePlanStatus.ACTIVE), clinician).status())
                .isEqualTo(403);
    }

    @Test
    void aGoalThatContradictsIsRefusedOnEveryWay() {
        Goal high = aim("aim", pressure(20, "kPa", QuantityComparator.GREATER_THAN));
        CarePlan plan = stored(CarePlan.class, "plan");
        Goal second = aim("second", pressure(150, "mm[Hg]", QuantityComparator.GREATER_THAN));
        Goal both = stored(Goal.class, "aim");
        both.addTarget(high.getTargetFirstRep());
        assertRefused(change(both, clinician), "SN-PLAN-011");
        assertRefused(change(both, system), "SN-PLAN-011");
        assertRefused(post("", clinician, transaction(HTTPVerb.PUT, both)), "SN-PLAN-011");
        assertRefused(
                Ward.jsonPatch(
                        "/Goal/" + id("aim"),
                        clinician,
                        "[{\"op\":\"add\",\"path\":\"/target/-\",\"value\":"
                                + "{\"measure\":{\"coding\":[{\"system\":\""
                                + Codes.LOINC + "\",\"code\":\"" + Codes.SYSTOLIC
                                + "\"}]},\"detailQuantity\":{\"value\":150,\"comparator\":\">\",\"unit\":\"mmHg\",\"system\":\""
                                + Codes.UCUM + "\",\"code\":\"mm[Hg]\"}}}]"),
                "SN-PLAN-011");
        // A new goal and the plan that names it, at once.
        Bundle together = transaction(HTTPVerb.PUT, plan);
        second.setId((String) null);
        plan.addGoal(new Reference("urn:uuid:5f3b7a52-1f0d-4a86-9b0e-6c3a2b7d9e10"));
        together.addEntry()
                .setFullUrl("urn:uuid:5f3b7a52-1f0d-4a86-9b0e-6c3a2b7d9e10")
                .setResource(second)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Goal");
        Answer answer = post("", clinician, together);
        assertRefused(answer, "SN-PLAN-011");
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("Goal/new-1.target[0]");
        assertThat(stored(Goal.class, "aim").getTarget()).hasSize(1);
        assertThat(stored(CarePlan.class, "plan").getGoal()).hasSize(1);
        second.getTarget().clear();
        assertStored(post("", clinician, together));
    }

    @Test
    void medicinesBesideThePlanMeetTheRulesToo() {
        assertRefused(post("/MedicationRequest", clinician, prescription("C09DX04")), "SN-PLAN-013");
        assertRefused(post("/MedicationRequest", system, prescription("C09CA06")), "SN-PLAN-013");
        MedicationRequest dosed = prescription("C08CA01");
        dosed.addDosageInstruction().setMaxDosePerAdministration(new Quantity(5));
        assertRefused(post("/MedicationRequest", clinician, dosed), "SN-PLAN-012");
        assertStored(post("/MedicationRequest", clinician, prescription("C08CA01")));
        assertStored(post(
                "/MedicationRequest", clinician, prescription("C09DX04").setStatus(MedicationRequestStatus.STOPPED)));
        assertStored(post(
                "/MedicationRequest", clinician, prescription("C09DX04").setIntent(MedicationRequestIntent.PROPOSAL)));
    }

    @Test
    void whatIsToldIsANoteOfTheVersionThatIsStored() {
        Answer answer = post("/MedicationRequest", clinician, prescription("C09AA03"));
        assertStored(answer);
        String second = answer.resource().getIdElement().getIdPart();
        assertNote(second);
        MedicationRequest statin = named("statin", prescription("C10AA05"));
        load(Records.transaction(statin));
        MedicationRequest changed = (MedicationRequest)
                get("/MedicationRequest/" + second, clinician).resource();
        changed.setMeta(null);
        changed.setMedication(concept("http://fhir.de/CodeSystem/bfarm/atc", "C10AA07"));
        changed.getNote().clear();
        assertStored(change(changed, clinician));
        assertNote(second);
        assertStored(Ward.jsonPatch(
                "/MedicationRequest/" + second,
                clinician,
                "[{\"op\":\"replace\",\"path\":\"/medicationCodeableConcept/coding/0/code\",\"value\":\"C10AA05\"}]"));
        assertNote(second);
    }

    /** Who reads it need not be somebody who may know of the other one. */
    private void assertNote(String medicine) {
        MedicationRequest request = (MedicationRequest)
                get("/MedicationRequest/" + medicine, clinician).resource();
        assertThat(request.getNote()).isNotEmpty();
        assertThat(request.getNote().get(request.getNote().size() - 1).getText())
                .startsWith("Stored although it does not meet SN-PLAN-013")
                .doesNotContain("MedicationRequest/")
                .doesNotContain("statin")
                .doesNotContain("ACE");
    }

    private List<Annotation> notes(Answer stored) {
        assertStored(stored);
        return ((MedicationRequest) stored.resource()).getNote();
    }

    private MedicationRequest packaged(String pzn) {
        MedicationRequest request = prescription("C07AB07");
        request.setMedication(concept("http://fhir.de/CodeSystem/ifa/pzn", pzn));
        return request;
    }

    /** The one before is still open when it comes. */
    @Test
    void aRepeatPrescriptionIsNotLost() {
        String first = post("/MedicationRequest", system, packaged("04213368"))
                .resource()
                .getIdElement()
                .getIdPart();
        assertThat(notes(post("/MedicationRequest", system, packaged("04213368"))))
                .hasSize(1);
        MedicationRequest repeat = packaged("09877440");
        String open = post("/MedicationRequest", system, packaged("09877440"))
                .resource()
                .getIdElement()
                .getIdPart();
        repeat.setPriorPrescription(new Reference("MedicationRequest/" + open));
        assertThat(notes(post("/MedicationRequest", system, repeat))).isEmpty();
        assertThat(first).isNotEqualTo(open);
    }

    /** What one is prescribed says nothing of the other. */
    @Test
    void patientsOfOneTransactionAreLookedOverApart() {
        String other = Ward.open(name + "-other");
        MedicationRequest candesartan = prescription("C09CA06");
        candesartan.setSubject(new Reference("Patient/" + other));
        MedicationRequest statin = prescription("C10AA05");
        MedicationRequest othersStatin = prescription("C10AA07");
        othersStatin.setSubject(new Reference("Patient/" + other));
        Answer answer = post("", system, transaction(HTTPVerb.POST, candesartan, statin, othersStatin));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (BundleEntryComponent entry : answer.bundle().getEntry()) {
            String path = "/"
                    + new IdType(entry.getResponse().getLocation())
                            .toUnqualifiedVersionless()
                            .getValue();
            assertThat(((MedicationRequest) get(path, clinician).resource()).getNote())
                    .isEmpty();
        }
    }

    /** Of many the note is where the finding is. */
    @Test
    void theNoteIsOfTheRecordThatItIsAbout() {
        Resource[] many = new Resource[12];
        for (int i = 0; i < many.length; i++) {
            many[i] = prescription(i == 10 ? "C09AA03" : i == 1 ? "C08CA01" : "N02BE%02d".formatted(i + 10));
        }
        Answer answer = post("", system, transaction(HTTPVerb.POST, many));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<Integer> noted = new ArrayList<>();
        for (int i = 0; i < many.length; i++) {
            IdType id =
                    new IdType(answer.bundle().getEntry().get(i).getResponse().getLocation());
            if (((MedicationRequest) get("/MedicationRequest/" + id.getIdPart(), clinician)
                            .resource())
                    .hasNote()) {
                noted.add(i);
            }
        }
        assertThat(noted).containsExactly(10);
    }

    @Test
    void trainingIsNotAddedWhereItIsNotSafe() {
        Condition angina = named("angina", new Condition().setCode(concept(Codes.ICD_10_GM, "I20.0")));
        angina.setSubject(new Reference("Patient/" + patient));
        angina.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        load(Records.transaction(angina));
        Appointment call = named("call", new Appointment().setStatus(AppointmentStatus.PROPOSED));
        call.addServiceType(concept(Codes.SNOMED, EXERCISE));
        call.addParticipant().setActor(new Reference("Patient/" + patient)).setStatus(ParticipationStatus.NEEDSACTION);
        load(Records.transaction(call));
        CarePlan described = stored(CarePlan.class, "plan");
        described
                .addActivity()
                .getDetail()
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setCode(concept(Codes.SNOMED, EXERCISE));
        CarePlan called = stored(CarePlan.class, "plan");
        called.addActivity().setReference(new Reference("Appointment/" + id("call")));
        for (CarePlan plan : List.of(described, called)) {
            Answer answer = change(plan, clinician);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.codes()).contains("SN-PLAN-014");
        }
        assertStored(change(stored(CarePlan.class, "plan").setTitle("Without training"), clinician));
    }

    /** A clinician says of a plan by hand, too, what the record does not. */
    @Test
    void whatIsNotKnownOfTrainingIsAnsweredByATask() {
        CarePlan draft = plan("by-hand", CarePlanStatus.DRAFT);
        draft.addActivity()
                .getDetail()
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setDescription("Walk")
                .setCode(concept(Codes.SNOMED, EXERCISE));
        load(Records.transaction(draft));
        Answer open = activate("1");
        assertThat(open.status()).as(open.body()).isEqualTo(422);
        assertThat(open.codes()).hasSize(6).containsOnly("SN-PLAN-015");
        assertThat(open.body()).contains(Canonicals.THERAPY_PLAN_IDENTIFIER + "|….question-no-chest-pain");
        Task answer = new Task();
        answer.setStatus(TaskStatus.COMPLETED).setIntent(TaskIntent.ORDER);
        answer.setCode(concept(Canonicals.TASK_CODES, Codes.THERAPY_QUESTION));
        answer.setDescription("Examined today").setFor(new Reference("Patient/" + patient));
        answer.getAuthoredOnElement().setValueAsString("2026-11-02T10:00:00+01:00");
        for (String asked : List.of(
                "controlled-pressure",
                "resting-rate",
                "no-unstable-angina",
                "no-inflammation",
                "no-acute-heart-failure",
                "no-chest-pain")) {
            answer.addIdentifier().setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER).setValue(name + ".question-" + asked);
        }
        Answer stored = post("/Task", clinician, answer);
        assertStored(stored);
        CarePlan answered = stored(CarePlan.class, "by-hand");
        answered.addActivity()
                .setReference(
                        new Reference("Task/" + stored.resource().getIdElement().getIdPart()));
        assertStored(change(answered, clinician));
        Answer active = activate("2");
        assertThat(active.status()).as(active.body()).isEqualTo(200);
        // What is taken out of a plan that holds adds nothing, wherever the rest stands then.
        CarePlan shorter = stored(CarePlan.class, "by-hand");
        shorter.getActivity().remove(3);
        assertThat(change(shorter, clinician).codes())
                .as("without the answers")
                .hasSize(6)
                .containsOnly("SN-PLAN-015");
        CarePlan salted = stored(CarePlan.class, "by-hand");
        salted.getActivity().remove(0);
        assertStored(change(salted, clinician));
    }

    private Answer activate(String version) {
        return post(
                "/CarePlan/" + id("by-hand") + "/$activate",
                clinician,
                new Parameters().addParameter("version", new IdType(version)));
    }

    /** What was imported so is put right step by step. */
    @Test
    void whatWasSoBeforeDoesNotStopAChange() {
        load(Records.transaction(named("candesartan", prescription("C09CA06"))));
        assertStored(change(stored(CarePlan.class, "plan").setTitle("Another title"), clinician));
        assertStored(post("/MedicationRequest", clinician, prescription("C08CA01")));
        assertStored(change(
                stored(MedicationRequest.class, "candesartan").setStatus(MedicationRequestStatus.STOPPED), clinician));
        assertRefused(
                change(
                        stored(MedicationRequest.class, "candesartan").setStatus(MedicationRequestStatus.ACTIVE),
                        clinician),
                "SN-PLAN-013");
    }

    /** Whichever of the two is changed. */
    @Test
    void whatWasSoBeforeIsSoInAnyOrder() {
        load(Records.transaction(named("candesartan", prescription("C09CA06"))));
        for (String part : List.of("ramipril", "candesartan")) {
            MedicationRequest changed = stored(MedicationRequest.class, part);
            changed.addDosageInstruction().setText("In the morning");
            assertStored(change(changed, clinician));
        }
    }

    @Test
    void withoutTheScopesToLookItOverAPartOfAPlanIsNotChanged() {
        String narrow = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Goal.cru"));
        assertRefused(change(stored(Goal.class, "aim"), narrow), "SN-PLAN-016");
        Goal beside = (Goal) get("/Goal/" + Ward.goal(name), clinician).resource();
        beside.setMeta(null);
        assertStored(change(beside, narrow));
    }

    /** Else a token would tell more by what it lacks. */
    @Test
    void aHiddenPlanIsNotToldByLackOfAScope() {
        Goal aim = stored(Goal.class, "aim");
        Consent hiding = Ward.consent(name);
        hiding.getProvision().getProvision().forEach(permit -> permit.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding("http://hl7.org/fhir/resource-types", "CarePlan", null)));
        load(Records.transaction(hiding));
        assertThat(get("/CarePlan/" + id("plan"), clinician).status()).isEqualTo(404);
        String narrow = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Goal.cru"));
        for (String token : List.of(clinician, narrow)) {
            assertStored(change(aim, token));
        }
    }

    @Test
    void whereNoPlanHoldsGoalsAndMedicinesAreTheClinics() {
        assertStored(change(stored(CarePlan.class, "plan").setStatus(CarePlanStatus.REVOKED), clinician));
        assertStored(post("/MedicationRequest", clinician, prescription("C09DX04")));
        Goal goal = stored(Goal.class, "aim");
        goal.addTarget()
                .setMeasure(concept(Codes.LOINC, Codes.SYSTOLIC))
                .setDetail(pressure(150, "mm[Hg]", QuantityComparator.GREATER_THAN));
        assertStored(change(goal, clinician));
    }
}
