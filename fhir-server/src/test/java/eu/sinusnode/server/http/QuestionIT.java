package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code $ask}: what a patient asks reaches a clinic that may see it, with what the record says beside it. */
class QuestionIT extends RunningServer {

    private static final String TEXT = "My heart races since noon, is that from the tablets?";
    private static final String PALPITATIONS = "80313002";
    private static final String DIZZY = "404640003";
    private static final String SWELLING = "267038008";
    private static final String ALGORITHM = Records.id("question-algorithm");
    private static int wards;

    private final String clinician = TOKENS.clinician(Records.CLINIC);
    private String name = "";
    private String patient = "";

    @BeforeEach
    void aPatientOfTheClinic() {
        name = "question-" + wards++;
        patient = Ward.open(name);
    }

    private static Parameters question(String... complaints) {
        Parameters question = new Parameters().addParameter("question", new StringType(TEXT));
        for (String complaint : complaints) {
            question.addParameter("complaint", new Coding(Codes.SNOMED, complaint, null));
        }
        return question;
    }

    private static Answer ask(String token, Parameters question) {
        return post("/Communication/$ask", token, question);
    }

    private Parameters asked(String... complaints) {
        Answer answer = ask(TOKENS.patient(patient), question(complaints));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (Parameters) answer.resource();
    }

    private static String reference(Parameters answer, String name) {
        return ((Reference) answer.getParameter(name).getValue()).getReference();
    }

    private Task task(Parameters answer, String token) {
        Answer read = get("/" + reference(answer, "task"), token);
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        return (Task) read.resource();
    }

    private TaskPriority priority(String... complaints) {
        return task(asked(complaints), clinician).getPriority();
    }

    private List<String> questions(String token, String more) {
        return get("/Task?code=" + Canonicals.TASK_CODES + "%7Cpatient-question&patient=" + patient + more, token)
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private String vital(String loinc, double value, String unit) {
        Observation vital = Records.heartRate(patient, Records.id(name + "-cuff"), name + "-" + loinc);
        vital.setId(Records.id(name + "-" + loinc));
        vital.setCode(concept(Codes.LOINC, loinc));
        vital.setValue(new Quantity()
                .setValue(BigDecimal.valueOf(value))
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit));
        load(Records.transaction(vital));
        return "Observation/" + vital.getIdElement().getIdPart();
    }

    private String flag() {
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE).setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.addVersion().setValue("1.0.0");
        load(Records.transaction(algorithm));
        Observation flag = new Observation();
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patient);
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(new Reference("Patient/" + patient));
        Instant now = Instant.now();
        flag.setEffective(
                new Period().setStart(Date.from(now.minus(Duration.ofDays(28)))).setEnd(Date.from(now)));
        flag.setIssued(Date.from(now));
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText("In 3 of 9 recordings the intervals were irregular. A clinician decides.");
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + ALGORITHM));
        flag.addDerivedFrom(new Reference("Observation/" + Ward.vital(name) + "/_history/1"));
        Answer stored = post(
                "/Observation",
                TOKENS.job(),
                FhirContext.forR4Cached()
                        .newJsonParser()
                        .setStripVersionsFromReferences(false)
                        .encodeResourceToString(flag));
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        return "Observation/" + stored.resource().getIdElement().getIdPart();
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.body()).doesNotContain("heart races");
        assertThat(Audited.by(answer)).isNotEmpty();
    }

    @Test
    void aQuestionReachesTheClinicAndPromisesNothing() {
        Answer answer = ask(TOKENS.patient(patient), question(SWELLING));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters told = (Parameters) answer.resource();
        assertThat(told.getParameter())
                .extracting(ParametersParameterComponent::getName)
                .containsExactly("question", "task", "clinic", "notice", "notice");
        assertThat(answer.body())
                .contains("no emergency service", "kein Notdienst", "112")
                .doesNotContain("stat", "asap", "urgent", "routine", "priority");
        assertThat(reference(told, "clinic")).isEqualTo("Organization/" + Records.CLINIC);

        Communication message = (Communication)
                get("/" + reference(told, "question"), clinician).resource();
        assertThat(message.getPayloadFirstRep().getContentStringType().getValue())
                .isEqualTo(TEXT);
        assertThat(message.getSender().getReference()).isEqualTo("Patient/" + patient);
        assertThat(message.getReasonCodeFirstRep().getCodingFirstRep().getCode())
                .isEqualTo(SWELLING);
        Task task = task(told, clinician);
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(task.getFocus().getReference()).isEqualTo(reference(told, "question"));
        assertThat(task.getFor().getReference()).isEqualTo("Patient/" + patient);
        assertThat(task.getRequester().getReference()).isEqualTo("Patient/" + patient);
        assertThat(task.getOwner().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(post("/Task/$validate", TOKENS.loader(), task).body()).doesNotContain("\"error\"");
        assertThat(post("/Communication/$validate", TOKENS.loader(), message).body())
                .doesNotContain("\"error\"");
        assertThat(Audited.by(answer)).anySatisfy(event -> assertThat(event.getEntity())
                .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
                .anyMatch(what -> what.startsWith(reference(told, "question")))
                .anyMatch(what -> what.startsWith(reference(told, "task"))));
        assertThat(Audited.by(answer))
                .allSatisfy(event -> assertThat(json(event)).doesNotContain("heart races"));
    }

    @Test
    void whatIsKnownRaisesAndWhatIsMissingIsSaid() {
        Task plain = task(asked(), clinician);
        assertThat(plain.getPriority()).as("never routine").isEqualTo(TaskPriority.URGENT);
        assertThat(plain.getInput())
                .extracting(input -> input.getValue().primitiveValue())
                .contains("no pressure of the last 24 hours", "no oxygen saturation of the last 24 hours");
        assertThat(priority(PALPITATIONS)).isEqualTo(TaskPriority.ASAP);
        assertThat(priority(PALPITATIONS, DIZZY)).isEqualTo(TaskPriority.STAT);

        String flag = flag();
        Task flagged = task(asked(), clinician);
        assertThat(flagged.getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(contexts(flagged)).containsExactly(flag);

        vital(Codes.RESTING_HEART_RATE, 120, "/min");
        assertThat(priority()).isEqualTo(TaskPriority.ASAP);
        String fast = vital(Codes.RESTING_HEART_RATE, 131, "/min");
        Task severe = task(asked(), clinician);
        assertThat(severe.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(contexts(severe)).containsExactlyInAnyOrder(fast, flag);
    }

    private static List<String> contexts(Task task) {
        return task.getInput().stream()
                .filter(input -> input.getValue() instanceof Reference)
                .map(input -> ((Reference) input.getValue()).getReference())
                .toList();
    }

    @Test
    void aFlagThatNobodyHasSignedStaysHiddenFromThePatient() {
        String flag = flag();
        Task own = task(asked(), TOKENS.patient(patient));
        assertThat(contexts(own)).containsExactly(flag);
        assertThat(own.getInput())
                .as("not what it is")
                .filteredOn(input -> input.getValue() instanceof Reference)
                .extracting(input -> input.getType().getText())
                .containsOnly("risk context");
        assertThat(get("/" + flag, TOKENS.patient(patient)).status()).isEqualTo(404);
        assertThat(get("/" + flag, clinician).status()).isEqualTo(200);
    }

    @Test
    void whatTheClinicMayNotSeeNeitherStandsThereNorRaises() {
        flag();
        vital(Codes.RESTING_HEART_RATE, 150, "/min");
        Consent consent = Ward.consent(name);
        for (String type : List.of("Communication", "Task")) {
            consent.getProvision()
                    .getProvision()
                    .get(0)
                    .addClass_(new Coding("http://hl7.org/fhir/resource-types", type, null));
        }
        load(Records.transaction(consent));
        Task task = task(asked(), clinician);
        assertThat(contexts(task)).isEmpty();
        assertThat(task.getPriority()).isEqualTo(TaskPriority.URGENT);
    }

    @Test
    void withoutAClinicThatMaySeeItNothingIsStored() {
        String hidden = Ward.hidden(name + "-hidden");
        assertRefused(ask(TOKENS.patient(hidden), question()), 422, "SN-QUESTION-002");
        Parameters other = question().addParameter("clinic", new Reference("Organization/" + Records.CENTRE));
        assertRefused(ask(TOKENS.patient(patient), other), 422, "SN-QUESTION-002");
        Parameters first = asked();
        Consent consent = Ward.consent(name);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        load(Records.transaction(consent));
        assertRefused(ask(TOKENS.patient(patient), question()), 422, "SN-QUESTION-002");
        assertThat(get("/" + reference(first, "task"), clinician).status())
                .as("withdrawn")
                .isEqualTo(404);
        assertThat(questions(TOKENS.patient(patient), "")).hasSize(1);
        assertThat(get("/Communication?patient=" + hidden, TOKENS.patient(hidden))
                        .bundle()
                        .getEntry())
                .isEmpty();
    }

    /** A question is authored by who asks it, as a read of it would be decided. */
    @Test
    void aDenyByAuthorIsAboutTheQuestionsOfThatAuthorAlone() {
        Consent consent = Ward.consent(name);
        Consent.ProvisionComponent deny =
                consent.getProvision().getProvision().get(0).addProvision();
        deny.setType(Consent.ConsentProvisionType.DENY);
        deny.addData()
                .setMeaning(Consent.ConsentDataMeaning.AUTHOREDBY)
                .setReference(new Reference("Practitioner/" + Records.PRACTITIONER));
        load(Records.transaction(consent));
        Parameters seen = asked(SWELLING);
        assertThat(task(seen, clinician).getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(get("/" + reference(seen, "question"), clinician).status()).isEqualTo(200);

        deny.getDataFirstRep().setReference(new Reference("Patient/" + patient));
        load(Records.transaction(consent));
        assertRefused(ask(TOKENS.patient(patient), question()), 422, "SN-QUESTION-002");
        assertThat(get("/" + reference(seen, "question"), clinician).status()).isEqualTo(404);
    }

    @Test
    void sentAgainAlsoAtOnceItIsOneQuestion() throws Exception {
        Parameters question =
                question().addParameter("request", new IdType(UUID.randomUUID().toString()));
        String token = TOKENS.patient(patient);
        List<Answer> answers = AtOnce.answers(8, i -> ask(token, question));
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .extracting(answer -> reference((Parameters) answer.resource(), "task"))
                .containsOnly(reference((Parameters) answers.get(0).resource(), "task"));
        assertThat(questions(clinician, "")).hasSize(1);
        Parameters another = new Parameters()
                .addParameter("question", new StringType("Something else"))
                .addParameter(
                        "request", (IdType) question.getParameter("request").getValue());
        assertRefused(ask(token, another), 409, "SN-QUESTION-003");
        asked();
        asked();
        assertThat(questions(clinician, ""))
                .as("without an id each is one of its own")
                .hasSize(3);
    }

    @Test
    void aClinicianFindsTheMostUrgentAndAnswers() {
        Parameters calm = asked(SWELLING);
        Parameters red = asked(PALPITATIONS, DIZZY);
        String stat = reference(red, "task").substring("Task/".length());
        assertThat(questions(clinician, "&status=requested&priority=stat&_sort=-authored-on"))
                .containsExactly(stat);
        assertThat(questions(clinician, "&status=requested")).hasSize(2);
        Task task = task(red, clinician);
        task.setStatus(TaskStatus.COMPLETED);
        assertThat(put("/Task/" + stat, clinician, task).status()).isEqualTo(200);
        assertThat(questions(clinician, "&status=requested"))
                .containsExactly(reference(calm, "task").substring("Task/".length()));
    }

    @Test
    void whoRepresentsThePatientAsksToo() {
        String daughter = Records.id(name + "-daughter");
        load(Records.transaction(
                WalkWorld.daughter(daughter, patient, new Period().setStartElement(new DateTimeType("2020-01-01")))));
        Answer answer = ask(WalkWorld.representative(daughter, patient), question());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(task((Parameters) answer.resource(), clinician)
                        .getRequester()
                        .getReference())
                .isEqualTo("RelatedPerson/" + daughter);
        assertThat(ask(WalkWorld.representative(Records.id(name + "-stranger"), patient), question())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobodyElseAsksReadsOrChangesIt() {
        Parameters told = asked(SWELLING);
        String path = "/" + reference(told, "task");
        for (String token : List.of(TOKENS.patient(Ward.open(name + "-other")), TOKENS.clinician(Records.CENTRE))) {
            assertThat(get(path, token).status()).isEqualTo(404);
            assertThat(get("/" + reference(told, "question"), token).status()).isEqualTo(404);
        }
        String insurer = TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER));
        assertThat(get(path, insurer).status()).isEqualTo(403);
        assertRefused(ask(clinician, question()), 403, "SN-OPERATION-001");
        assertRefused(ask(insurer, question()), 403, "SN-OPERATION-001");

        Task own = task(told, TOKENS.patient(patient));
        own.setPriority(TaskPriority.STAT);
        assertRefused(put(path, TOKENS.patient(patient), own), 403, "SN-CONTENT-001");
        Task made = own.copy();
        made.setId((String) null);
        assertRefused(post("/Task", clinician, made), 403, "SN-CONTENT-001");
        own.getCode().getCodingFirstRep().setCode(Codes.SIGN_OFF);
        assertRefused(put(path, clinician, own), 403, "SN-CONTENT-001");
    }

    @Test
    void formsThatAreNotTaken() {
        String token = TOKENS.patient(patient);
        for (Parameters wrong : List.of(
                new Parameters(),
                new Parameters().addParameter("question", new StringType(" ")),
                new Parameters().addParameter("question", new StringType("x".repeat(2001))),
                question().addParameter("question", new StringType("twice")),
                question("22298006"),
                question().addParameter("complaint", new Coding(Codes.LOINC, DIZZY, null)),
                question().addParameter("clinic", new Reference("Practitioner/" + Records.PRACTITIONER)),
                question().addParameter("request", new IdType("1")),
                question().addParameter("priority", new StringType("stat")))) {
            assertRefused(ask(token, wrong), 400, "SN-QUESTION-001");
        }
        assertRefused(
                ask(
                        TOKENS.token(CallerKind.PATIENT, claims -> claims.claim("patient", patient)
                                .claim("fhirUser", "Patient/" + patient)
                                .claim("scope", "patient/Communication.rs")),
                        question()),
                403,
                "SN-SCOPE-001");
        assertThat(questions(token, "")).isEmpty();
    }

    @Test
    void itIsPartOfThePatientsRecord() {
        Parameters told = asked(SWELLING);
        String everything = get("/Patient/" + patient + "/$everything", TOKENS.patient(patient))
                .body();
        assertThat(everything).contains(reference(told, "task").substring("Task/".length()), TEXT);
        Instant sent = ((Communication)
                        get("/" + reference(told, "question"), clinician).resource())
                .getSent()
                .toInstant();
        assertThat(Duration.between(sent, new Date().toInstant()).abs()).isLessThan(Duration.ofMinutes(2));
    }
}
