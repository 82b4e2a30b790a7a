package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.replay.AutomatedAnalysis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Overdue sign-offs on the real server, looked for at instants of the test's own. */
class EscalationIT extends EscalatedTasks {

    private static final String DEPUTY = Records.id("escalation-deputy");
    private static final String RETIRED = Records.id("escalation-retired");
    private static final String ALGORITHM = Records.id("escalation-algorithm");
    private static final Instant DUE = Instant.parse("2026-06-01T22:00:00Z");
    private static final Instant BEFORE = DUE.minusSeconds(1);

    private String flag = "";

    @Override
    TaskKind kind() {
        return TaskKind.SIGN_OFF;
    }

    @Override
    Audience audience(ResponsibleClinics clinics) {
        return new SignOffAudience(clinics, records, new AutomatedAnalysis(dataSource));
    }

    /** The team names first somebody who has left, then two who are there. */
    @BeforeEach
    void aSignOffIsAskedFor() {
        CareTeam team = Records.careTeam(Records.id(name + "-team"), patient, Records.CLINIC);
        for (String member : List.of(RETIRED, Records.PRACTITIONER, DEPUTY)) {
            team.addParticipant()
                    .setMember(new Reference("Practitioner/" + member))
                    .setOnBehalfOf(new Reference("Organization/" + Records.CLINIC));
        }
        load(Records.transaction(
                practitioner(DEPUTY, true),
                practitioner(RETIRED, false),
                algorithm(),
                team,
                WalkWorld.consent(Records.id(name + "-consent"), patient)));
        flag = created("/Observation", flag());
        task = created("/Task", task());
    }

    private static String created(String path, org.hl7.fhir.r4.model.Resource resource) {
        Answer answer = post(path, TOKENS.job(), resource);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.resource().getIdElement().getIdPart();
    }

    private static Practitioner practitioner(String id, boolean active) {
        Practitioner practitioner = Records.practitioner();
        practitioner.setId(id);
        practitioner.setActive(active);
        return practitioner;
    }

    private static Device algorithm() {
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addVersion().setValue("1.0.0");
        return algorithm;
    }

    private Observation flag() {
        Observation flag = new Observation();
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patient);
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory().addCoding(new Coding(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(new Reference("Patient/" + patient));
        flag.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-05-01T00:00:00Z"))
                .setEndElement(new DateTimeType("2026-05-28T00:00:00Z")));
        flag.getIssuedElement().setValueAsString("2026-05-28T03:00:00Z");
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText("In 3 of 9 recordings the intervals were irregular. A clinician decides.");
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + ALGORITHM));
        return flag;
    }

    private Task task() {
        Task asked = new Task();
        asked.setStatus(TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        asked.setPriority(TaskPriority.ROUTINE);
        asked.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        asked.setFocus(new Reference("Observation/" + flag));
        asked.setFor(new Reference("Patient/" + patient));
        asked.setAuthoredOnElement(new DateTimeType("2026-05-31T03:00:00Z"));
        asked.getRestriction().getPeriod().setEndElement(new DateTimeType(DUE.toString()));
        return asked;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private void assertUntouched() {
        assertThat(version()).isEqualTo("1");
        assertThat(stored().hasOwner()).isFalse();
        assertThat(stored().hasNote()).isFalse();
    }

    /** The Task belongs to no stay, and says so by naming none; of the flag no rule is. */
    @Test
    void aDenyOfWhatBelongsToAStayIsNotAboutATaskOfNone() {
        Encounter stay = new Encounter();
        stay.setId(Records.id(name + "-stay"));
        stay.setStatus(Encounter.EncounterStatus.FINISHED);
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        stay.setSubject(new Reference("Patient/" + patient))
                .setPeriod(new Period()
                        .setStartElement(new DateTimeType("2026-05-01"))
                        .setEndElement(new DateTimeType("2026-05-02")));
        Consent consent = WalkWorld.consent(Records.id(name + "-consent"), patient);
        Consent.ProvisionComponent deny =
                consent.getProvision().getProvision().get(0).addProvision();
        deny.setType(Consent.ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Task", null));
        deny.addData()
                .setMeaning(Consent.ConsentDataMeaning.RELATED)
                .setReference(new Reference("Encounter/" + stay.getIdElement().getIdPart()));
        load(Records.transaction(stay, consent));

        assertThat(look(DUE)).matches(look -> look.escalated() == 1 && look.withheld() == 0);
    }

    @Test
    void itIsAddressedToTheTeamsFirstActiveClinicianOnceAndInTheAudit() {
        assertThat(look(BEFORE).escalated()).isZero();
        assertUntouched();

        Escalations.Look look = look(DUE);

        assertThat(look.escalated()).isEqualTo(1);
        assertThat(look.overdue()).isPositive();
        Task escalated = (Task) get("/Task/" + task, clinician).resource();
        assertThat(escalated.getPriority()).isEqualTo(TaskPriority.URGENT);
        assertThat(escalated.getOwner().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(escalated.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertEscalatedOnce();
        List<AuditEvent> events = get(
                        "/AuditEvent?patient=" + patient + "&entity=Task/" + task + "&_count=100", TOKENS.auditor())
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
        assertThat(events)
                .anyMatch(event ->
                        json(event).contains("sign-off overdue: addressed to Practitioner/" + Records.PRACTITIONER)
                                && "U".equals(event.getAction().toCode()));

        assertThat(look(DUE.plus(Duration.ofDays(30))).escalated()).isZero();
        assertEscalatedOnce();
    }

    @Test
    void whoHasTheTaskAlreadyIsFollowedByTheNextOne() {
        Task taken = (Task) get("/Task/" + task, clinician).resource();
        taken.setOwner(new Reference("Practitioner/" + Records.PRACTITIONER));
        assertThat(put("/Task/" + task, clinician, taken).status()).isEqualTo(200);

        assertThat(look(DUE).escalated()).isEqualTo(1);

        assertThat(stored().getOwner().getReference()).isEqualTo("Practitioner/" + DEPUTY);
    }

    @Test
    void whatIsDecidedIsNotEscalatedAndAnEscalatedOneIsDecidedAsEver() {
        Parameters decision = new Parameters();
        decision.addParameter("decision", new CodeType("accept"));
        decision.addParameter("flag", new Reference("Observation/" + flag));
        decision.addParameter("version", new IdType("1"));
        look(DUE);
        assertEscalatedOnce();
        Answer answer = post("/Task/" + task + "/$sign-off", clinician, decision);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(stored().getStatus()).isEqualTo(TaskStatus.COMPLETED);

        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.task_due WHERE task = ?::uuid", Long.class, task))
                .isZero();
        assertThat(look(DUE.plus(Duration.ofDays(1))).escalated()).isZero();
        assertThat(version()).isEqualTo("3");
    }

    @Test
    void whatTheAnalysisTakesBackIsNotEscalated() {
        Task cancelled = (Task) get("/Task/" + task, TOKENS.job()).resource();
        cancelled.setStatus(TaskStatus.CANCELLED);
        assertThat(put("/Task/" + task, TOKENS.job(), cancelled).status()).isEqualTo(200);

        assertThat(look(DUE).escalated()).isZero();

        assertThat(stored().hasOwner()).isFalse();
    }

    @Test
    void anotherDeadlineHolds() {
        Task later = (Task) get("/Task/" + task, clinician).resource();
        later.getRestriction().getPeriod().setEndElement(new DateTimeType("2026-06-03T22:00:00Z"));
        assertThat(put("/Task/" + task, clinician, later).status()).isEqualTo(200);

        assertThat(look(DUE).escalated()).isZero();
        assertThat(look(DUE.plus(Duration.ofDays(2))).escalated()).isEqualTo(1);
    }

    @Test
    void nothingIsToldWhileTheConsentIsWithdrawn() {
        Consent consent = (Consent) get("/Consent/" + Records.id(name + "-consent"), TOKENS.patient(patient))
                .resource();
        consent.setStatus(Consent.ConsentState.INACTIVE);
        assertThat(put("/Consent/" + consent.getIdElement().getIdPart(), TOKENS.patient(patient), consent)
                        .status())
                .isEqualTo(200);

        assertThat(look(DUE)).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
        assertThat(look(DUE.plusSeconds(60)).withheld()).as("not each minute").isZero();

        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent-2"), patient)));
        assertThat(look(DUE.plus(Escalations.AGAIN)).escalated()).isEqualTo(1);
        assertEscalatedOnce();
    }

    /** The clinic may go on, and the analysis may not: what it found is not pressed upon anybody. */
    @Test
    void nothingIsToldWhenTheConsentToAutomatedAnalysisAloneIsWithdrawn() {
        Consent consent = (Consent) get("/Consent/" + Records.id(name + "-consent"), TOKENS.patient(patient))
                .resource();
        consent.getProvision().getProvision().removeIf(one -> one.getPurpose().stream()
                .anyMatch(purpose -> "CAREMGT".equals(purpose.getCode())));
        // What was signed says something else.
        consent.setSource(new Attachment().setContentType("text/plain").setTitle("Changed in the app"));
        Answer answer = put("/Consent/" + consent.getIdElement().getIdPart(), TOKENS.patient(patient), consent);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        assertThat(look(DUE)).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
    }

    @Test
    void nothingIsToldOfARestrictedRecord() {
        restrict();

        assertThat(look(DUE)).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
    }

    @Test
    void ofTwoServersAtOnceOneEscalates() throws Exception {
        assertThatOneOfManyEscalates(DUE);
    }

    /** As when the server is killed between the steps: all of them are one transaction. */
    @Test
    void whatIsNotAuditedHasNotHappenedAndHappensLater() {
        Escalations dying = with(new AuditTrail(
                entry -> {
                    throw new IllegalStateException("the disk is full");
                },
                Clock.systemUTC()));

        assertThat(dying.look(TaskKind.SIGN_OFF, DUE)).matches(look -> look.escalated() == 0 && look.failed() == 1);
        assertUntouched();

        assertThat(look(DUE.plus(Escalations.AGAIN)).escalated()).isEqualTo(1);
        assertEscalatedOnce();
    }

    @Test
    void looksAreCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (EscalationWatch watch = new EscalationWatch(escalations, Clock.fixed(DUE, ZoneOffset.UTC), meters)) {
            watch.once();
        }
        assertThat(meters.get("sinusnode.sign.off.escalations")
                        .tag("outcome", "escalated")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sinusnode.sign.off.overdue").gauge().value()).isPositive();
    }
}
