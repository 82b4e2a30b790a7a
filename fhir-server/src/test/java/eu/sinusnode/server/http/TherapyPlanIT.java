package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.ActionConditionKind;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code PlanDefinition/$apply} with the programmes that ship. */
class TherapyPlanIT extends RunningServer {

    private static final String HYPERTENSION = Canonicals.BASE + "/PlanDefinition/hypertension";
    private static int wards;

    private String clinician = "";
    private String patient = "";

    @BeforeEach
    void aPatientWithHypertension() {
        clinician = TOKENS.clinician(Records.CLINIC);
        patient = Ward.open("therapy-plan-" + wards++);
        diagnose("I10", "confirmed");
    }

    private void diagnose(String icd10, String verification) {
        Condition condition = new Condition().setCode(concept(Codes.ICD_10_GM, icd10));
        condition.setSubject(new Reference("Patient/" + patient));
        condition.setVerificationStatus(
                concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification));
        if (verification.equals("confirmed")) {
            condition.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        }
        Answer answer = post("/Condition", clinician, condition);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private String programme(String name) {
        Bundle found = get("/PlanDefinition?url=" + Canonicals.BASE + "/PlanDefinition/" + name, clinician)
                .bundle();
        assertThat(found.getEntry()).hasSize(1);
        return found.getEntryFirstRep().getResource().getIdElement().getIdPart();
    }

    private Parameters subject(String id) {
        return new Parameters().addParameter("subject", new StringType("Patient/" + id));
    }

    private Answer apply(String token, String programme, String id) {
        return post("/PlanDefinition/" + programme + "/$apply", token, subject(id));
    }

    private List<CarePlan> plans() {
        return found(CarePlan.class, "CarePlan");
    }

    private <T extends Resource> List<T> found(Class<T> type, String name) {
        return get("/" + name + "?patient=" + patient + "&_count=200", clinician).bundle().getEntry().stream()
                .map(entry -> type.cast(entry.getResource()))
                .toList();
    }

    @Test
    void aDraftIsMadeWithAllThatBelongsToItAndAskedAgainItIsTheSame() {
        Answer answer = apply(clinician, programme("hypertension"), patient);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        CarePlan plan = (CarePlan) answer.resource();
        assertThat(plan.getStatus()).isEqualTo(CarePlanStatus.DRAFT);
        assertThat(plan.getInstantiatesCanonical().get(0).getValue()).isEqualTo(HYPERTENSION + "|1.2.0");
        assertThat(plan.getAuthor().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        List<String> parts = FhirContext.forR4Cached().newTerser().getAllResourceReferences(plan).stream()
                .map(each -> ((Reference) each.getResourceReference()).getReference())
                .toList();
        assertThat(parts).hasSizeGreaterThan(10).allSatisfy(part -> {
            assertThat(part).doesNotContain("urn:");
            assertThat(get("/" + part, clinician).status()).as(part).isEqualTo(200);
        });
        List<Task> tasks = found(Task.class, "Task");
        assertThat(tasks).as("what the record does not say is asked").anyMatch(task -> String.valueOf(
                        task.getDescription())
                .contains("there is no pressure by a cuff of the last 28 days"));
        assertThat(get("/CarePlan/" + plan.getIdElement().getIdPart(), TOKENS.patient(patient))
                        .status())
                .isEqualTo(200);
        assertThat(Audited.by(answer))
                .anySatisfy(event -> assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0));

        Answer again = apply(clinician, programme("hypertension"), patient);
        assertThat(((CarePlan) again.resource()).getIdElement().getIdPart())
                .isEqualTo(plan.getIdElement().getIdPart());
        assertThat(plans()).hasSize(1);
        assertThat(found(Task.class, "Task")).hasSameSizeAs(tasks);
    }

    @Test
    void everyProgrammeIsApplied() {
        diagnose("I48.0", "confirmed");
        diagnose("I25.1", "confirmed");
        diagnose("I50.12", "confirmed");
        for (String name : List.of(
                "atrial-fibrillation", "coronary-disease", "heart-failure", "cardiac-rehabilitation-phase-three")) {
            Answer answer = apply(clinician, programme(name), patient);
            assertThat(answer.status()).as(name + answer.body()).isEqualTo(200);
        }
        assertThat(plans()).hasSize(4);
    }

    @Test
    void manyAtOnceMakeOnePlan() throws Exception {
        String programme = programme("hypertension");
        List<Answer> answers = AtOnce.answers(4, i -> apply(clinician, programme, patient));
        assertThat(answers).extracting(Answer::status).contains(200).allMatch(status -> status == 200 || status == 409);
        assertThat(plans()).hasSize(1);
        assertThat(found(Goal.class, "Goal").stream().filter(goal -> goal.getIdentifier().stream()
                        .anyMatch(each -> Canonicals.THERAPY_PLAN_IDENTIFIER.equals(each.getSystem()))))
                .extracting(goal -> goal.getIdentifierFirstRep().getValue())
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void itIsFoundByItsCanonicalTooInTheNewestVersion() {
        Answer answer = post(
                "/PlanDefinition/$apply",
                clinician,
                subject(patient).addParameter("canonical", new UriType(HYPERTENSION)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Answer unknown = post(
                "/PlanDefinition/$apply",
                clinician,
                subject(patient).addParameter("canonical", new UriType(HYPERTENSION + "|0.9.0")));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.codes()).containsExactly("SN-PLAN-002");
    }

    @Test
    void whatThePatientDoesNotHaveIsNotApplied() {
        diagnose("I48.0", "refuted");
        Answer answer = apply(clinician, programme("atrial-fibrillation"), patient);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly("SN-PLAN-003");
        assertThat(plans()).isEmpty();
    }

    @Test
    void anUnknownPatientAndAnotherClinicsAreTheSame() {
        String programme = programme("hypertension");
        String nobody = Records.id("therapy-plan-nobody");
        Answer unknown = apply(clinician, programme, nobody);
        Answer foreign = apply(TOKENS.clinician(Records.CENTRE), programme, patient);
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(404);
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
        assertThat(foreign.body().replace(patient, "ID"))
                .isEqualTo(unknown.body().replace(nobody, "ID"));
        String hidden = Ward.hidden("therapy-plan-hidden");
        assertThat(apply(clinician, programme, hidden).status())
                .as("one who permits nothing")
                .isEqualTo(404);
        assertThat(plans()).isEmpty();
    }

    @Test
    void onlyAClinicianAppliesAndOnlyWithTheScopes() {
        String programme = programme("hypertension");
        for (String token : List.of(
                TOKENS.patient(patient),
                TOKENS.clinicSystem(Records.CLINIC),
                TOKENS.job(),
                TOKENS.auditor(),
                TOKENS.loader(),
                TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)))) {
            assertThat(apply(token, programme, patient).status()).isEqualTo(403);
        }
        String all = "user/Patient.rs user/PlanDefinition.rs user/ActivityDefinition.rs user/CarePlan.crs user/Goal.crs"
                + " user/ServiceRequest.crs user/Task.crs user/Appointment.crs user/Condition.rs user/Observation.rs";
        for (String missing : List.of("user/Appointment.crs", "user/PlanDefinition.rs", "user/CarePlan.crs")) {
            assertThat(apply(scoped(all.replace(missing, "").replace("  ", " ")), programme, patient)
                            .status())
                    .as(missing)
                    .isEqualTo(403);
        }
        assertThat(plans()).as("nothing is half written").isEmpty();
        assertThat(found(Task.class, "Task")).isEmpty();

        Answer answer = apply(scoped(all), programme, patient);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(found(Task.class, "Task"))
                .as("medication was withheld")
                .anyMatch(task -> String.valueOf(task.getDescription()).startsWith("Prescriptions could not be read."));
    }

    private static String scoped(String scopes) {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", scopes));
    }

    @Test
    void inAnotherFormNothingIsDone() {
        String programme = programme("hypertension");
        for (Parameters wrong : List.of(
                new Parameters(),
                subject(patient).addParameter("subject", new StringType("Patient/" + patient)),
                subject(patient).addParameter("canonical", new UriType(HYPERTENSION)),
                subject(patient).addParameter("practitioner", new StringType("Practitioner/" + Records.id("other"))),
                subject(patient).addParameter("organization", new StringType("Organization/" + Records.CENTRE)),
                subject(patient).addParameter("encounter", new StringType("Encounter/1")),
                new Parameters().addParameter("subject", new StringType("Group/1")))) {
            Answer answer = post("/PlanDefinition/" + programme + "/$apply", clinician, wrong);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-PLAN-001");
        }
        assertThat(apply(clinician, Records.id("no-programme"), patient).status())
                .isEqualTo(404);
        assertThat(plans()).isEmpty();
    }

    @Test
    void aClinicsOwnProgrammeIsAppliedIfItIsUnderstood() {
        ActivityDefinition walk = new ActivityDefinition();
        walk.setUrl("https://clinic.example/ActivityDefinition/walk-" + patient).setVersion("1");
        walk.setTitle("Walk").setStatus(PublicationStatus.ACTIVE);
        walk.setDescription("Walk every day.");
        walk.setKind(ActivityDefinition.ActivityDefinitionKind.SERVICEREQUEST);
        walk.setCode(new CodeableConcept().setText("Walk"));
        assertThat(post("/ActivityDefinition", clinician, walk).status()).isEqualTo(201);
        String good = stored(own("%age >= 18 or %hypertension", walk));
        assertThat(apply(clinician, good, patient).status()).isEqualTo(200);
        String bad = stored(own("%bloodGroup = 'A'", walk));
        Answer refused = apply(clinician, bad, patient);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.codes()).containsExactly("SN-PLAN-002");
    }

    private String stored(MetadataResource definition) {
        Answer answer = post("/PlanDefinition", clinician, definition);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return Objects.requireNonNull(answer.resource()).getIdElement().getIdPart();
    }

    private PlanDefinition own(String condition, ActivityDefinition activity) {
        PlanDefinition plan = new PlanDefinition();
        plan.setUrl("https://clinic.example/PlanDefinition/" + Records.id(condition + patient))
                .setVersion("1");
        plan.setTitle("Walking").setStatus(PublicationStatus.ACTIVE);
        PlanDefinition.PlanDefinitionActionComponent action = plan.addAction();
        action.setId("walk");
        action.setTitle("Walk").setDefinition(new CanonicalType(activity.getUrl() + "|1"));
        action.addCondition()
                .setKind(ActionConditionKind.APPLICABILITY)
                .getExpression()
                .setName("condition")
                .setDescription("It holds")
                .setLanguage("text/fhirpath")
                .setExpression(condition);
        return plan;
    }

    @Test
    void nobodyElsePutsAProgrammeIntoTheServersNameOrASignOffIntoAPlan() {
        PlanDefinition newer = own("true", new ActivityDefinition());
        newer.getAction().clear();
        newer.setUrl(HYPERTENSION).setVersion("9.0.0");
        assertThat(post("/PlanDefinition", clinician, newer).status()).isEqualTo(403);
        assertThat(post("/PlanDefinition", TOKENS.clinicSystem(Records.CLINIC), newer)
                        .status())
                .isEqualTo(403);
        Task signOff = new Task();
        signOff.setStatus(Task.TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        signOff.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        signOff.setFor(new Reference("Patient/" + patient));
        signOff.setFocus(new Reference("Observation/" + Ward.vital("therapy-plan-" + (wards - 1))));
        signOff.getRestriction().getPeriod().getEndElement().setValueAsString("2026-12-01T10:00:00Z");
        assertThat(post("/Task", clinician, signOff).status()).isEqualTo(403);
        signOff.setCode(concept(Canonicals.TASK_CODES, Codes.THERAPY_QUESTION));
        signOff.setDescription("Is it clear?");
        Answer made = post("/Task", clinician, signOff);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Task question = (Task) Objects.requireNonNull(made.resource());
        question.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        question.setMeta(null);
        assertThat(put("/Task/" + question.getIdElement().getIdPart(), clinician, question)
                        .status())
                .isEqualTo(403);
    }
}
