package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Observation/[id]/$risk-replay}: what is asked of the job, and what the job may answer. */
class RiskReplayIT extends RunningServer {

    private static final String ALGORITHM = Records.id("replay-algorithm");
    private static final String OPEN =
            "/Task?code=" + Canonicals.TASK_CODES + "%7C" + Codes.RISK_REPLAY + "&status=requested";
    private static int raised;

    private String name = "";
    private String clinician = "";
    private String patient = "";
    private String flag = "";

    @BeforeEach
    void aFlagIsRaised() {
        clinician = TOKENS.clinician(Records.CLINIC);
        name = "replay-" + raised++;
        patient = Ward.open(name);
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addVersion().setValue("1.0.0");
        load(Records.transaction(algorithm));
        Answer answer = post("/Observation", TOKENS.job(), flag());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        flag = answer.resource().getIdElement().getIdPart();
    }

    private Observation flag() {
        Observation risk = new Observation();
        risk.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patient);
        risk.setStatus(ObservationStatus.PRELIMINARY);
        risk.addCategory().addCoding(new Coding(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        risk.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        risk.setSubject(new Reference("Patient/" + patient));
        risk.setEffective(Consents.period("2026-05-01", "2026-05-28"));
        risk.getIssuedElement().setValueAsString("2026-05-28T03:00:00Z");
        risk.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        risk.addNote().setText("In 3 of 9 recordings the intervals were irregular. A clinician decides.");
        risk.setMethod(new CodeableConcept().setText("model 1"));
        risk.setDevice(new Reference("Device/" + ALGORITHM));
        return risk;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private Answer ask(String token, Parameters parameters) {
        return post("/Observation/" + flag + "/$risk-replay", token, parameters);
    }

    private String asked(Parameters parameters) {
        Answer answer = ask(clinician, parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Reference)
                        ((Parameters) answer.resource()).getParameter("task").getValue())
                .getReferenceElement()
                .getIdPart();
    }

    private static Parameters version(String version) {
        return new Parameters().addParameter("version", new IdType(version));
    }

    private Task task(String id, String token) {
        return (Task) get("/Task/" + id, token).resource();
    }

    private static List<String> open(String token) {
        return get(OPEN + "&_count=500", token).bundle().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private static Task answered(Task asked) {
        Task answered = asked.copy();
        answered.setMeta(null);
        answered.setStatus(TaskStatus.COMPLETED);
        answered.addOutput()
                .setType(asked.getCode())
                .setValue(concept(Canonicals.REPLAY_OUTCOMES, Codes.REPLAY_IDENTICAL));
        answered.addOutput().setType(asked.getCode()).setValue(new StringType("Computed again from 3 versions."));
        return answered;
    }

    private static Answer answer(Task task, String token) {
        IdType id = task.getIdElement();
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        transaction
                .addEntry()
                .setResource(task)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("Task/" + id.getIdPart())
                .setIfMatch("W/\"" + id.getVersionIdPart() + "\"");
        return post(
                "",
                token,
                FhirContext.forR4Cached()
                        .newJsonParser()
                        .setStripVersionsFromReferences(false)
                        .encodeResourceToString(transaction));
    }

    @Test
    void theJobFindsWhatAClinicianAsksAndAnswersItOnce() {
        String id = asked(new Parameters());
        Task asked = task(id, clinician);
        assertThat(asked.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(asked.getFocus().getReference()).isEqualTo("Observation/" + flag + "/_history/1");
        assertThat(asked.getFor().getReference()).isEqualTo("Patient/" + patient);
        assertThat(asked.getRequester().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(asked(new Parameters())).as("asked again while it waits").isEqualTo(id);
        assertThat(open(TOKENS.job())).contains(id);

        Answer answer = answer(answered(task(id, TOKENS.job())), TOKENS.job());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(open(TOKENS.job())).doesNotContain(id);
        assertThat(task(id, clinician).getOutputFirstRep().getValue())
                .isInstanceOfSatisfying(
                        CodeableConcept.class,
                        value -> assertThat(value.getCodingFirstRep().getCode()).isEqualTo("identical"));
        assertThat(answer(answered(task(id, TOKENS.job())), TOKENS.job()).status())
                .as("an answer is not written over")
                .isEqualTo(403);
        assertThat(asked(new Parameters())).as("a later question").isNotEqualTo(id);
    }

    @Test
    void anEarlierVersionIsAskedAboutByItsNumber() {
        Observation changed =
                (Observation) get("/Observation/" + flag, TOKENS.job()).resource();
        changed.setMeta(null);
        changed.addNote().setText("In 4 of 10 recordings now.");
        assertThat(put("/Observation/" + flag, TOKENS.job(), changed).status()).isEqualTo(200);

        assertThat(task(asked(version("1")), clinician).getFocus().getReference())
                .endsWith("/_history/1");
        assertThat(task(asked(new Parameters()), clinician).getFocus().getReference())
                .endsWith("/_history/2");
        assertThat(ask(clinician, version("3")).status()).isEqualTo(404);
    }

    @Test
    void nobodyAnswersButTheJob() {
        String id = asked(new Parameters());
        for (String token : List.of(clinician, TOKENS.patient(patient), TOKENS.auditor())) {
            assertThat(answer(answered(task(id, clinician)), token).status()).isEqualTo(403);
        }
        Task made = task(id, TOKENS.job());
        made.setId((String) null);
        made.setMeta(null);
        assertThat(post("/Task", TOKENS.job(), made).status())
                .as("the job asks nothing of itself")
                .isEqualTo(403);
        assertThat(task(id, clinician).getStatus()).isEqualTo(TaskStatus.REQUESTED);
    }

    @Test
    void onlyAClinicianWhoMayKnowOfTheFlagAsks() {
        for (String token : List.of(
                TOKENS.patient(patient),
                TOKENS.clinicSystem(Records.CLINIC),
                TOKENS.job(),
                TOKENS.auditor(),
                TOKENS.loader())) {
            assertThat(ask(token, new Parameters()).status()).isEqualTo(403);
        }
        Answer foreign = ask(TOKENS.clinician(Records.CENTRE), new Parameters());
        String none = Records.id("no-flag");
        Answer unknown = post("/Observation/" + none + "/$risk-replay", clinician, new Parameters());
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
        assertThat(foreign.body().replace(flag, "ID")).isEqualTo(unknown.body().replace(none, "ID"));
        String without = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Task.rus"));
        assertThat(ask(without, new Parameters()).status()).isEqualTo(403);
        assertThat(open(TOKENS.job())).doesNotContain(flag);
    }

    @Test
    void inAnotherFormNothingIsAsked() {
        List<String> before = open(TOKENS.job());
        for (Parameters wrong : List.of(
                version("latest"),
                version("1").addParameter("version", new IdType("1")),
                new Parameters().addParameter("version", new CodeType("1")),
                new Parameters().addParameter("flag", new IdType("1")))) {
            Answer answer = ask(clinician, wrong);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-REPLAY-001");
            assertThat(Audited.by(answer)).singleElement().satisfies(event -> assertThat(event.getOutcome())
                    .isEqualTo(AuditEvent.AuditEventOutcome._4));
        }
        Answer vital = post("/Observation/" + Ward.vital(name) + "/$risk-replay", clinician, new Parameters());
        assertThat(vital.codes()).containsExactly("SN-REPLAY-001");
        assertThat(open(TOKENS.job())).isEqualTo(before);
    }

    @Test
    void whatIsWithdrawnFromAutomatedAnalysisIsSaidToBe() {
        String waiting = asked(new Parameters());
        Consent treatmentAlone = Ward.consent(name);
        treatmentAlone.getProvision().getProvision().clear();
        Consents.permit(treatmentAlone, Records.CLINIC, Purpose.TREAT);
        load(Records.transaction(treatmentAlone));
        assertThat(open(TOKENS.job())).doesNotContain(waiting);
        assertThat(get("/Task/" + waiting, TOKENS.job()).status()).isEqualTo(404);

        assertThat(asked(new Parameters())).isEqualTo(waiting);

        Task answered = task(waiting, clinician);
        assertThat(answered.getStatus()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(answered.getOutput()).hasSize(2);
        assertThat(((CodeableConcept) answered.getOutputFirstRep().getValue())
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("not-replayable");
        assertThat(answered.getOutput().get(1).getValue().primitiveValue()).contains("automated analysis");
    }
}
