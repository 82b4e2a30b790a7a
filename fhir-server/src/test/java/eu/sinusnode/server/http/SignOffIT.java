package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Task/[id]/$sign-off} on flags that the analysis job has raised. */
class SignOffIT extends RunningServer {

    private static final String FLAG = "urn:uuid:3c0c5f0e-3a0b-4d43-8f0e-6a2d0f4b1c55";
    private static final String ALGORITHM = Records.id("sign-off-algorithm");
    private static int raised;

    private String clinician = "";
    private String patient = "";
    private String flag = "";
    private String task = "";

    @BeforeEach
    void aFlagIsRaised() {
        clinician = TOKENS.clinician(Records.CLINIC);
        String name = "sign-off-" + raised++;
        patient = Ward.open(name);
        load(Records.transaction(WalkWorld.coverage(
                Records.id(name + "-coverage"),
                patient,
                Records.INSURER,
                Consents.period("2026-01-01", "2036-12-31"))));
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addVersion().setValue("1.0.0");
        load(Records.transaction(algorithm));
        Bundle bundle = Records.transaction(flag(name), provenance(name), task());
        bundle.getEntryFirstRep().setFullUrl(FLAG);
        String body = FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(bundle);
        Answer answer = post("", TOKENS.job(), body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<IdType> ids = answer.bundle().getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()))
                .toList();
        flag = ids.get(0).getIdPart();
        task = ids.get(2).getIdPart();
    }

    private Observation flag(String name) {
        Observation flag = new Observation();
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patient);
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory().addCoding(new Coding(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(new Reference("Patient/" + patient));
        flag.setEffective(Consents.period("2026-05-01", "2026-05-28"));
        flag.getIssuedElement().setValueAsString("2026-05-28T03:00:00Z");
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText("In 3 of 9 recordings the intervals were irregular. A clinician decides.");
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + ALGORITHM));
        flag.addDerivedFrom(new Reference("Observation/" + Ward.vital(name) + "/_history/1"));
        return flag;
    }

    private static Provenance provenance(String name) {
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(FLAG));
        provenance.getRecordedElement().setValueAsString("2026-05-28T03:00:00Z");
        provenance.addAgent().setWho(new Reference("Device/" + ALGORITHM));
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference("Observation/" + Ward.vital(name) + "/_history/1"));
        return provenance;
    }

    private Task task() {
        Task task = new Task();
        task.setStatus(TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        task.setFocus(new Reference(FLAG));
        task.setFor(new Reference("Patient/" + patient));
        task.setAuthoredOnElement(new DateTimeType("2026-05-28T03:00:00Z"));
        task.getRestriction().getPeriod().setEndElement(new DateTimeType("2026-05-29T03:00:00Z"));
        return task;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private Parameters decision(String decision, String version, @Nullable String reason) {
        Parameters parameters = new Parameters();
        parameters.addParameter("decision", new CodeType(decision));
        parameters.addParameter("flag", new Reference("Observation/" + flag));
        parameters.addParameter("version", new IdType(version));
        if (reason != null) {
            parameters.addParameter("reason", new StringType(reason));
        }
        return parameters;
    }

    private Answer signOff(String token, Parameters decision) {
        return post("/Task/" + task + "/$sign-off", token, decision);
    }

    private Observation storedFlag() {
        return (Observation) get("/Observation/" + flag, clinician).resource();
    }

    private Task storedTask() {
        return (Task) get("/Task/" + task, clinician).resource();
    }

    private void assertUndecided() {
        assertThat(storedFlag().getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
        assertThat(storedFlag().getIdElement().getVersionIdPart()).isEqualTo("1");
        assertThat(storedTask().getStatus()).isEqualTo(TaskStatus.REQUESTED);
    }

    @Test
    void acceptedItIsFinalForThePatientAndTheInsurerToo() {
        String insurer = TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER));
        assertThat(get("/Observation/" + flag, insurer).status()).isEqualTo(404);
        Answer answer = signOff(clinician, decision("accept", "1", null));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters stored = (Parameters) answer.resource();
        assertThat(((Reference) stored.getParameter("flag").getValue()).getReference())
                .isEqualTo("Observation/" + flag);
        Observation signed = storedFlag();
        assertThat(signed.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(signed.getPerformer()).singleElement().satisfies(who -> assertThat(who.getReference())
                .isEqualTo("Practitioner/" + Records.PRACTITIONER));
        assertThat(signed.getDerivedFromFirstRep().getReference())
                .as("what it was made of, in that version")
                .endsWith("/_history/1");
        assertThat(signed.getNote()).hasSize(2);
        assertThat(signed.getNote().get(1).getText()).isEqualTo("Accepted.");
        Task closed = storedTask();
        assertThat(closed.getStatus()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(closed.getOwner().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(closed.getOutputFirstRep().getValue())
                .isInstanceOfSatisfying(
                        CodeableConcept.class,
                        value -> assertThat(value.getCodingFirstRep().getCode()).isEqualTo("accept"));
        assertThat(get("/Observation/" + flag, TOKENS.patient(patient)).status())
                .isEqualTo(200);
        assertThat(get("/Observation/" + flag, insurer).status()).isEqualTo(200);
    }

    @Test
    void theStreamOfReadingsNamesWhatThereIsBesideThem() {
        Condition diagnosis = new Condition().setCode(new CodeableConcept().setText("Heart failure"));
        diagnosis.setSubject(new Reference("Patient/" + patient));
        diagnosis.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        assertThat(post("/Condition", clinician, diagnosis).status()).isEqualTo(201);

        Answer answer =
                get("/$vital-readings?patients=1&through=" + patient + "&after=" + before(patient), TOKENS.job());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body().lines().findFirst().orElseThrow())
                .contains("\"patient\":\"" + patient + "\"")
                .contains("\"beside\":[\"risk-flag\"]");
        assertThat(answer.body()).as("no rule knows what is not coded").doesNotContain("Heart failure");
    }

    /** The id just before this one. */
    private static String before(String id) {
        return id.substring(0, 24) + "%012x".formatted(Long.parseLong(id.substring(24), 16) - 1);
    }

    @Test
    void overriddenItIsInErrorWithTheReason() {
        String reason = "Extrasystoles, seen in the ECG of the same day.";
        assertThat(signOff(clinician, decision("override", "1", reason)).status())
                .isEqualTo(200);
        assertThat(storedFlag().getStatus()).isEqualTo(ObservationStatus.ENTEREDINERROR);
        assertThat(storedFlag().getNote().get(1).getText()).isEqualTo("Overridden. " + reason);
        assertThat(storedTask().getStatusReason().getText()).isEqualTo(reason);
    }

    @Test
    void withoutAReasonOrInAnotherFormNothingIsDecided() {
        for (Parameters wrong : List.of(
                decision("override", "1", null),
                decision("override", "1", "no"),
                decision("maybe", "1", null),
                new Parameters().addParameter("decision", new CodeType("accept")),
                decision("accept", "latest", null),
                decision("accept", "1", null).addParameter("patient", "x"))) {
            Answer answer = signOff(clinician, wrong);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-SIGNOFF-001");
            assertThat(Audited.by(answer)).singleElement().satisfies(event -> assertThat(event.getOutcome())
                    .isEqualTo(AuditEvent.AuditEventOutcome._4));
        }
        assertUndecided();
    }

    @Test
    void anotherVersionThanTheOneThatWasLookedAtIsNotDecidedOn() {
        Observation changed = storedFlag();
        changed.addNote().setText("In 4 of 10 recordings now.");
        changed.setMeta(null);
        assertThat(put("/Observation/" + flag, TOKENS.job(), changed).status()).isEqualTo(200);
        Answer answer = signOff(clinician, decision("accept", "1", null));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("SN-SIGNOFF-002");
        assertThat(storedFlag().getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
        assertThat(signOff(clinician, decision("accept", "2", null)).status()).isEqualTo(200);
    }

    @Test
    void whatWasDecidedOnIsDeletedByNobody() {
        Answer signed = signOff(clinician, decision("accept", "1", null));
        assertThat(signed.status()).as(signed.body()).isEqualTo(200);
        Answer refused = Ward.delete("/Observation/" + flag, TOKENS.loader());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("SN-CONTENT-002");
        assertThat(storedFlag().getStatus()).isEqualTo(ObservationStatus.FINAL);
    }

    @Test
    void oneOfManyAtOnceDecides() throws Exception {
        List<Integer> answers = AtOnce.answers(6, i -> signOff(clinician, decision("accept", "1", null))).stream()
                .map(Answer::status)
                .toList();
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status != 200).allMatch(status -> status == 409 || status == 412);
        assertThat(storedFlag().getIdElement().getVersionIdPart()).isEqualTo("2");
        assertThat(signOff(clinician, decision("override", "2", "Not so after all, I think."))
                        .status())
                .as("a decision is not taken back by another one")
                .isEqualTo(409);
    }

    @Test
    void onlyAClinicianWhoMayKnowOfItDecides() {
        Parameters accept = decision("accept", "1", null);
        for (String token : List.of(
                TOKENS.patient(patient),
                TOKENS.clinicSystem(Records.CLINIC),
                TOKENS.job(),
                TOKENS.auditor(),
                TOKENS.loader())) {
            assertThat(signOff(token, accept).status()).isEqualTo(403);
        }
        Answer foreign = signOff(TOKENS.clinician(Records.CENTRE), accept);
        Answer unknown = post("/Task/" + Records.id("no-task") + "/$sign-off", clinician, accept);
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(404);
        assertThat(foreign.body().replace(task, "ID")).isEqualTo(unknown.body().replace(Records.id("no-task"), "ID"));
        String reading = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Task.rus user/Observation.rs"));
        assertThat(signOff(reading, accept).status())
                .as("without the scope to change Observations")
                .isEqualTo(403);
        assertUndecided();
    }

    @Test
    void anotherFlagThanTheTasksIsNotDecidedOn() {
        String other = flag;
        aFlagIsRaised();
        Parameters accept = new Parameters().addParameter("decision", new CodeType("accept"));
        accept.addParameter("flag", new Reference("Observation/" + other));
        accept.addParameter("version", new IdType("1"));
        assertThat(signOff(clinician, accept).codes()).containsExactly("SN-SIGNOFF-001");
        assertUndecided();
    }
}
