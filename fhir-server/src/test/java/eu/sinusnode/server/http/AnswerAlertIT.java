package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a patient answers on an active plan reaches the clinic that treats by it, once. */
class AnswerAlertIT extends RunningServer {

    private static final String NEARLY_EVERY_DAY = "3: Nearly every day";
    private static final String NOT_AT_ALL = "0: Not at all";
    private static final String UNTOLD = ": answers met a rule of the therapy plan, and no clinic could be told";
    private static int wards;

    @Autowired
    MeterRegistry meters;

    private final String clinician = TOKENS.clinician(Records.CLINIC);
    private String name = "";
    private String patient = "";
    private PlanQuestions questions = new PlanQuestions("", "", "");

    @BeforeEach
    void aPatientOfTheClinic() {
        name = "answer-alert-" + wards++;
        patient = Ward.open(name);
        questions = new PlanQuestions(name, patient, Records.CLINIC);
    }

    private QuestionnaireResponse told(QuestionnaireResponse answers) {
        Answer answer = post("/QuestionnaireResponse", TOKENS.patient(patient), answers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return (QuestionnaireResponse) answer.resource();
    }

    private void changed(QuestionnaireResponse answers) {
        Answer answer = put(
                "/QuestionnaireResponse/" + answers.getIdElement().getIdPart(),
                clinician,
                answers.copy().setMeta(null));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private List<Task> alerts(String token) {
        Answer found = get("/Task?code=" + Canonicals.TASK_CODES + "%7Ctherapy-alert&patient=" + patient, token);
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        return found.bundle().getEntry().stream()
                .map(entry -> (Task) entry.getResource())
                .toList();
    }

    /** As the patient sees them: whatever has become of the clinic's rights, none is there that was not raised. */
    private List<Task> alerts() {
        return alerts(TOKENS.patient(patient));
    }

    /** What the audit says of answers that met a rule and of which no clinic could be told. */
    private List<String> untold(QuestionnaireResponse answers) {
        return get(
                        "/AuditEvent?patient=" + patient + "&entity=QuestionnaireResponse/"
                                + answers.getIdElement().getIdPart() + "&_count=100",
                        TOKENS.auditor())
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> ((AuditEvent) entry.getResource()).getOutcomeDesc())
                .filter(words -> words.endsWith(UNTOLD))
                .toList();
    }

    private static List<String> inputs(Task task, String what) {
        return task.getInput().stream()
                .filter(input -> what.equals(input.getType().getText()))
                .map(input -> input.getValue().primitiveValue())
                .toList();
    }

    @Test
    void painInTheChestIsRaisedAndTheWriterIsToldNothingOfIt() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse sent = questions.complaints("chest-pain");
        Answer answer = post("/QuestionnaireResponse", TOKENS.patient(patient), sent);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("Task", "alert", "priority");
        QuestionnaireResponse stored = (QuestionnaireResponse) answer.resource();
        String id = stored.getIdElement().getIdPart();
        QuestionnaireResponse back = stored.copy();
        back.setId((String) null);
        assertThat(back.setMeta(null).equalsDeep(sent)).as("as it was sent").isTrue();

        assertThat(alerts(clinician)).hasSize(1);
        Task task = alerts(clinician).get(0);
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(task.getFocus().getReference()).isEqualTo("QuestionnaireResponse/" + id);
        assertThat(task.getFor().getReference()).isEqualTo("Patient/" + patient);
        assertThat(task.getOwner().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(task.getBasedOn())
                .extracting(Reference::getReference)
                .containsExactly("CarePlan/" + questions.plan());
        assertThat(inputs(task, "programme"))
                .containsExactly(Canonicals.BASE + "/PlanDefinition/coronary-disease|1.1.0");
        assertThat(inputs(task, "rule"))
                .containsExactly(Canonicals.BASE + "/ActivityDefinition/alert-chest-pain|1.0.0");
        assertThat(inputs(task, "source")).containsExactly("https://doi.org/10.1093/eurheartj/ehae177");
        assertThat(inputs(task, "version of the answers")).containsExactly("1");
        assertThat(task.getNote())
                .hasSize(2)
                .extracting(Annotation::getText)
                .allMatch(text -> text.contains("112"))
                .anyMatch(text -> text.contains("Schmerz oder Druck in der Brust: ja."))
                .anyMatch(text -> text.contains("A clinician decides"));
        assertThat(post("/Task/$validate", TOKENS.loader(), task).body()).doesNotContain("\"error\"");
        assertThat(get(
                                "/AuditEvent?patient=" + patient + "&entity=Task/"
                                        + task.getIdElement().getIdPart() + "&_count=100",
                                TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .filteredOn(entry -> json(entry.getResource()).contains("answer meets a rule of the therapy plan"))
                .hasSize(1)
                .noneMatch(entry -> json(entry.getResource()).contains("Brust"));
        for (String stranger : List.of(TOKENS.patient(Ward.open(name + "-other")), TOKENS.clinician(Records.CENTRE))) {
            assertThat(get("/Task/" + task.getIdElement().getIdPart(), stranger).status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', ",
        "breathless, STAT",
        "breathless-at-night, ASAP",
        "swelling, ASAP",
        "dizzy, ASAP",
        "dizzy swelling, ASAP",
        "dizzy chest-pain, STAT"
    })
    void complaintsAreAsUrgentAsInAQuestion(String yes, @Nullable TaskPriority priority) {
        questions.load(CarePlanStatus.ACTIVE);
        told(questions.complaints(yes.split(" ")));
        assertThat(alerts().stream().map(Task::getPriority).toList())
                .isEqualTo(priority == null ? List.of() : List.of(priority));
    }

    @Test
    void moodIsRaisedFromThreePointsOn() {
        questions.load(CarePlanStatus.ACTIVE);
        told(questions.mood("1: Several days", "1: Several days"));
        told(questions.mood(NOT_AT_ALL, "often"));
        assertThat(alerts()).isEmpty();
        told(questions.mood(NOT_AT_ALL, NEARLY_EVERY_DAY));
        assertThat(alerts()).hasSize(1);
        Task task = alerts().get(0);
        assertThat(task.getPriority()).isEqualTo(TaskPriority.URGENT);
        assertThat(inputs(task, "rule")).containsExactly(Canonicals.BASE + "/ActivityDefinition/mood-check|1.0.0");
        assertThat(inputs(task, "source")).containsExactly("https://doi.org/10.1097/01.MLR.0000093487.78664.3C");
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAFT", "ONHOLD", "REVOKED", "COMPLETED", "ENTEREDINERROR"})
    void aPlanThatIsNotActiveRaisesNothing(CarePlanStatus status) {
        questions.load(status);
        QuestionnaireResponse answers = told(questions.complaints("chest-pain"));
        assertThat(alerts()).isEmpty();
        assertThat(untold(answers)).as("nobody has promised to look").isEmpty();
    }

    @Test
    void whatIsOfNoPlanOrFromBeforeRaisesNothing() {
        told(questions.complaints("chest-pain"));
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse early = questions.complaints("chest-pain");
        early.setAuthoredElement(new DateTimeType("2025-12-31T12:00:00+01:00"));
        assertThat(untold(told(early))).isEmpty();
        assertThat(alerts()).isEmpty();

        told(early.addBasedOn(new Reference("CarePlan/" + questions.plan())));
        assertThat(alerts()).as("a plan that is named, whatever the clock says").hasSize(1);
    }

    @Test
    void theSameIsRaisedOnceAndWhatIsMoreAnewAndNothingIsTakenBack() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse answers = told(questions.complaints("swelling"));
        changed(answers.setStatus(QuestionnaireResponseStatus.AMENDED));
        assertThat(alerts()).as("says the same").hasSize(1);

        changed(PlanQuestions.complain(answers, "swelling", "chest-pain"));
        assertThat(alerts())
                .extracting(Task::getPriority)
                .containsExactlyInAnyOrder(TaskPriority.ASAP, TaskPriority.STAT);
        Task more = alerts().stream()
                .filter(task -> task.getPriority() == TaskPriority.STAT)
                .findFirst()
                .orElseThrow();
        assertThat(inputs(more, "version of the answers")).containsExactly("3");

        changed(PlanQuestions.complain(answers, "swelling"));
        changed(PlanQuestions.complain(answers));
        changed(answers.setStatus(QuestionnaireResponseStatus.ENTEREDINERROR));
        assertThat(alerts()).as("a clinician decides").hasSize(2).allMatch(task -> task.getIdElement()
                .getVersionIdPart()
                .equals("1"));

        changed(PlanQuestions.complain(answers.setStatus(QuestionnaireResponseStatus.AMENDED), "swelling"));
        assertThat(alerts()).as("told anew").hasSize(3);
    }

    @Test
    void whatWasTakenBackAndIsToldAnewIsRaisedAnewThoughTheFirstIsClosed() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse answers = told(questions.complaints("chest-pain"));
        Task first = alerts().get(0);
        assertThat(put(
                                "/Task/" + first.getIdElement().getIdPart(),
                                clinician,
                                first.copy().setStatus(TaskStatus.COMPLETED))
                        .status())
                .isEqualTo(200);
        changed(PlanQuestions.complain(answers.setStatus(QuestionnaireResponseStatus.AMENDED)));
        assertThat(alerts()).extracting(Task::getStatus).containsExactly(TaskStatus.COMPLETED);

        changed(PlanQuestions.complain(answers, "chest-pain"));
        assertThat(alerts())
                .extracting(Task::getStatus)
                .containsExactlyInAnyOrder(TaskStatus.COMPLETED, TaskStatus.REQUESTED);
        Task anew = alerts().stream()
                .filter(task -> task.getStatus() == TaskStatus.REQUESTED)
                .findFirst()
                .orElseThrow();
        assertThat(anew.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(inputs(anew, "version of the answers")).containsExactly("3");
    }

    @Test
    void whatIsFinishedLaterIsRaisedThen() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse answers =
                told(questions.complaints("chest-pain").setStatus(QuestionnaireResponseStatus.INPROGRESS));
        assertThat(alerts()).isEmpty();
        changed(answers.setStatus(QuestionnaireResponseStatus.COMPLETED));
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void sentAgainWithAConditionIsRaisedOnce() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse answers = questions.complaints("chest-pain");
        answers.getIdentifier().setSystem("https://app.example/answers").setValue(name);
        for (int i = 0; i < 2; i++) {
            Answer answer = send(request("/QuestionnaireResponse", TOKENS.patient(patient))
                    .header("Content-Type", "application/fhir+json")
                    .header("If-None-Exist", "identifier=https://app.example/answers|" + name)
                    .POST(BodyPublishers.ofString(json(answers))));
            assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        }
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void eachOfATransactionIsLookedAt() {
        questions.load(CarePlanStatus.ACTIVE);
        load(Records.transaction(
                questions.complaints("chest-pain"),
                questions.mood(NEARLY_EVERY_DAY, NOT_AT_ALL),
                questions.complaints()));
        assertThat(alerts())
                .extracting(Task::getPriority)
                .containsExactlyInAnyOrder(TaskPriority.STAT, TaskPriority.URGENT);
    }

    @Test
    void ofTwoPlansTheNamedOneIsMeant() {
        PlanQuestions other = new PlanQuestions(name + "-b", patient, Records.CLINIC);
        questions.load(CarePlanStatus.ACTIVE);
        other.load(CarePlanStatus.ACTIVE);
        told(questions.complaints("dizzy"));
        assertThat(alerts()).singleElement().satisfies(task -> assertThat(task.getBasedOn())
                .isEmpty());

        told(questions.complaints("chest-pain").addBasedOn(new Reference("CarePlan/" + other.plan())));
        assertThat(alerts())
                .filteredOn(task -> task.getPriority() == TaskPriority.STAT)
                .singleElement()
                .satisfies(task -> assertThat(task.getBasedOn())
                        .extracting(Reference::getReference)
                        .containsExactly("CarePlan/" + other.plan()));
    }

    @Test
    void eachClinicThatTreatsHasItsOwn() {
        PlanQuestions other = new PlanQuestions(name + "-b", patient, Records.CENTRE);
        Consent both = Ward.consent(name);
        Consents.permit(both, Records.CENTRE, Purpose.TREAT);
        load(Records.transaction(Records.careTeam(Records.id(name + "-second"), patient, Records.CENTRE), both));
        questions.load(CarePlanStatus.ACTIVE);
        other.load(CarePlanStatus.ACTIVE);
        told(questions.complaints("dizzy"));
        assertThat(alerts().stream()
                        .collect(Collectors.toMap(
                                task -> task.getOwner().getReference(),
                                task -> task.getBasedOnFirstRep().getReference())))
                .containsOnly(
                        Map.entry("Organization/" + Records.CLINIC, "CarePlan/" + questions.plan()),
                        Map.entry("Organization/" + Records.CENTRE, "CarePlan/" + other.plan()));
    }

    private void permit(String... types) {
        Consent consent = Ward.consent(name);
        Arrays.stream(types).forEach(type -> consent.getProvision()
                .getProvision()
                .get(0)
                .addClass_(new Coding("http://hl7.org/fhir/resource-types", type, null)));
        load(Records.transaction(consent));
    }

    @Test
    void aClinicThatMayNotSeeTheAnswersIsNotTold() {
        questions.load(CarePlanStatus.ACTIVE);
        permit("Task", "CarePlan");
        assertThat(untold(told(questions.complaints("chest-pain")))).containsExactly("SN-CONSENT-001" + UNTOLD);
        permit("QuestionnaireResponse", "CarePlan");
        assertThat(untold(told(questions.complaints("chest-pain")))).containsExactly("SN-CONSENT-001" + UNTOLD);
        assertThat(alerts()).isEmpty();
        permit("QuestionnaireResponse", "Task");
        assertThat(untold(told(questions.complaints("chest-pain")))).isEmpty();
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void anotherClinicIsNotToldInItsPlace() {
        PlanQuestions foreign = new PlanQuestions(name, patient, Records.CENTRE);
        foreign.load(CarePlanStatus.ACTIVE);
        double before = meters.get("sinusnode.alerts.untold").counter().count();
        QuestionnaireResponse answers = told(questions.complaints("chest-pain"));
        assertThat(alerts()).isEmpty();
        assertThat(untold(answers)).containsExactly("SN-RELATIONSHIP-001" + UNTOLD);
        assertThat(meters.get("sinusnode.alerts.untold").counter().count()).isEqualTo(before + 1);
        assertThat(get("/Patient/" + patient + "/$access-log?count=20", TOKENS.patient(patient))
                        .body())
                .contains("could tell no clinic that answers met a rule of your therapy plan");
    }

    @Test
    void whoHasWithdrawnOrRestrictedIsToldOfToNobody() {
        questions.load(CarePlanStatus.ACTIVE);
        Consent consent = Ward.consent(name);
        load(Records.transaction(consent.copy().setStatus(Consent.ConsentState.INACTIVE)));
        assertThat(untold(told(questions.complaints("chest-pain")))).containsExactly("SN-CONSENT-001" + UNTOLD);
        assertThat(alerts()).isEmpty();

        load(Records.transaction(consent));
        Parameters restriction = new Parameters();
        restriction.addParameter("patient", new Reference("Patient/" + patient));
        restriction.addParameter("ground", new CodeType("accuracy-contested"));
        assertThat(post("/Patient/" + patient + "/$restrict", TOKENS.loader(), restriction)
                        .status())
                .isEqualTo(200);
        assertThat(untold(told(questions.complaints("chest-pain")))).containsExactly("SN-RESTRICTION-003" + UNTOLD);
        assertThat(alerts()).isEmpty();
    }

    /** Whoever may not see the labelled answers does not read them from the Task. */
    @Test
    void labelsOfTheAnswersGoOver() {
        questions.load(CarePlanStatus.ACTIVE);
        QuestionnaireResponse labelled = questions.mood(NEARLY_EVERY_DAY, NEARLY_EVERY_DAY);
        labelled.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null));
        load(Records.transaction(labelled));
        assertThat(alerts()).hasSize(1);
        assertThat(alerts().get(0).getMeta().getSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY"))
                .isNotNull();
    }

    @Test
    void aClinicianTakesItUpAndThePatientDoesNot() {
        questions.load(CarePlanStatus.ACTIVE);
        told(questions.complaints("chest-pain"));
        Task task = alerts().get(0);
        String path = "/Task/" + task.getIdElement().getIdPart();
        Answer own = put(path, TOKENS.patient(patient), task.copy().setStatus(TaskStatus.CANCELLED));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.codes()).containsExactly("SN-CONTENT-001");
        assertThat(put(path, clinician, task.setStatus(TaskStatus.COMPLETED)).status())
                .isEqualTo(200);
        assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo(Codes.THERAPY_ALERT);
    }
}
