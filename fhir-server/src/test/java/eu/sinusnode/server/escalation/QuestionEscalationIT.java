package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions that nobody takes up, on the real server, looked for at instants of the test's own. */
class QuestionEscalationIT extends EscalatedTasks {

    private static final String DEPUTY = Records.id("question-deputy");
    private static final String CHEST_PAIN = "29857009";
    private static final Duration STAT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private String question = "";
    private Instant asked = Instant.EPOCH;

    @Override
    TaskKind kind() {
        return TaskKind.QUESTION;
    }

    @Override
    Audience audience(ResponsibleClinics clinics) {
        return new QuestionAudience(clinics, records);
    }

    @BeforeEach
    void aClinicWithTwoClinicians() {
        Practitioner deputy = Records.practitioner();
        deputy.setId(DEPUTY);
        load(Records.transaction(deputy, team(Records.CLINIC, Records.PRACTITIONER, DEPUTY), consent()));
    }

    private CareTeam team(String clinic, String... clinicians) {
        CareTeam team = Records.careTeam(
                Records.id(name + (clinic.equals(Records.CLINIC) ? "-team" : "-other-team")), patient, clinic);
        for (String member : clinicians) {
            team.addParticipant()
                    .setMember(new Reference("Practitioner/" + member))
                    .setOnBehalfOf(new Reference("Organization/" + clinic));
        }
        return team;
    }

    private Consent consent() {
        return WalkWorld.consent(Records.id(name + "-consent"), patient);
    }

    private void ask(@Nullable String complaint) {
        Parameters asking = new Parameters().addParameter("question", new StringType("My heart races since noon"));
        asking.addParameter("clinic", new Reference("Organization/" + Records.CLINIC));
        if (complaint != null) {
            asking.addParameter("complaint", new Coding(Codes.SNOMED, complaint, null));
        }
        Answer answer = post("/Communication/$ask", TOKENS.patient(patient), asking);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        question = id((Parameters) answer.resource(), "question");
        task = id((Parameters) answer.resource(), "task");
        asked = stored().getAuthoredOn().toInstant();
    }

    private static String id(Parameters answer, String name) {
        return ((Reference) answer.getParameter(name).getValue())
                .getReferenceElement()
                .getIdPart();
    }

    private void put(Resource resource, String token) {
        String path = "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        Answer answer = put(path, token, resource);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void set(TaskStatus status) {
        put(stored().setStatus(status), clinician);
    }

    private String reply(String token, String from, String to) {
        Communication message = new Communication();
        message.setStatus(CommunicationStatus.COMPLETED)
                .setSubject(new Reference("Patient/" + patient))
                .setSender(new Reference(from))
                .addRecipient(new Reference(to))
                .addInResponseTo(new Reference("Communication/" + question));
        message.addPayload().setContent(new StringType("Since eleven, to be exact"));
        Answer answer = post("/Communication", token, message);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.resource().getIdElement().getIdPart();
    }

    private String answered() {
        return reply(clinician, "Practitioner/" + Records.PRACTITIONER, "Patient/" + patient);
    }

    private Escalations.Look lookWhenDue() {
        return look(asked.plus(STAT));
    }

    private void assertUntouched() {
        Task now = stored();
        assertThat(now.getIdElement().getVersionIdPart()).isEqualTo("1");
        assertThat(now.getOwner().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(now.hasNote()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"29857009, PT10M, STAT, STAT", "267038008, PT1H, ASAP, STAT", ", PT8H, URGENT, ASAP"})
    void eachPriorityHasItsTimeAndIsEscalatedOnce(
            @Nullable String complaint, Duration within, TaskPriority before, TaskPriority after) {
        ask(complaint);
        assertThat(stored().getPriority()).isEqualTo(before);
        assertThat(stored().hasRestriction()).as("no time is told").isFalse();
        Instant due = asked.plus(within);
        assertThat(look(due.minusSeconds(1)).escalated()).isZero();
        assertUntouched();

        Escalations.Look look = look(due);

        assertThat(look.escalated()).isEqualTo(1);
        assertThat(look.overdue()).isPositive();
        Task escalated = (Task) get("/Task/" + task, clinician).resource();
        assertThat(escalated.getPriority()).isEqualTo(after);
        assertThat(escalated.getOwner().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(escalated.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(escalated.getBusinessStatus().getCodingFirstRep().getSystem())
                .isEqualTo(Canonicals.QUESTION_STATES);
        assertThat(escalated.getNote())
                .extracting(Annotation::getText)
                .allMatch(text -> text.contains("112") && !text.matches(".*(?:stat|asap|urgent|dringlich|\\d:\\d).*"));
        assertThat(post("/Task/$validate", TOKENS.loader(), escalated).body()).doesNotContain("\"error\"");
        assertThat(get("/AuditEvent?patient=" + patient + "&entity=Task/" + task + "&_count=100", TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .anyMatch(entry -> json(entry.getResource())
                        .contains("question overdue: addressed to Practitioner/" + Records.PRACTITIONER))
                .noneMatch(entry -> json(entry.getResource()).contains("heart races"));

        assertThat(look(due.plus(Duration.ofDays(30))).escalated()).isZero();
        assertEscalatedOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "INPROGRESS", "COMPLETED", "CANCELLED", "REJECTED"})
    void whatSomebodyHasTakenUpAnsweredOrCancelledIsNotEscalated(TaskStatus status) {
        ask(CHEST_PAIN);
        set(status);

        assertThat(lookWhenDue()).matches(look -> look.escalated() == 0 && look.withheld() == 0);
        assertThat(stored().hasNote()).isFalse();
    }

    @Test
    void whatIsGivenBackWaitsAgain() {
        ask(CHEST_PAIN);
        set(TaskStatus.ACCEPTED);
        set(TaskStatus.REQUESTED);

        assertThat(lookWhenDue().escalated()).isEqualTo(1);
    }

    @Test
    void whoIsOnlyNamedIsFollowedByTheNextOne() {
        ask(CHEST_PAIN);
        put(stored().setOwner(new Reference("Practitioner/" + Records.PRACTITIONER)), clinician);

        assertThat(lookWhenDue().escalated()).isEqualTo(1);

        assertThat(stored().getOwner().getReference()).isEqualTo("Practitioner/" + DEPUTY);
    }

    @Test
    void anAnswerEndsItAsLongAsItHolds() {
        ask(CHEST_PAIN);
        String answer = answered();
        put(stored().setDescription("A patient asks, and was answered"), clinician);

        Escalations.Look answeredBy = lookWhenDue();
        assertThat(answeredBy.escalated()).isZero();
        assertThat(stored().hasNote()).isFalse();

        Communication wrong =
                (Communication) get("/Communication/" + answer, clinician).resource();
        put(wrong.setStatus(CommunicationStatus.ENTEREDINERROR), clinician);
        assertThat(lookWhenDue()).matches(look -> look.escalated() == 1 && look.overdue() == answeredBy.overdue() + 1);
    }

    @Test
    void whatThePatientAddsIsNoAnswer() {
        ask(CHEST_PAIN);
        reply(TOKENS.patient(patient), "Patient/" + patient, "Organization/" + Records.CLINIC);

        assertThat(lookWhenDue().escalated()).isEqualTo(1);
    }

    @Test
    void nothingIsToldWhileTheConsentIsWithdrawn() {
        ask(CHEST_PAIN);
        put(consent().setStatus(Consent.ConsentState.INACTIVE), TOKENS.patient(patient));

        assertThat(lookWhenDue()).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
        assertThat(look(asked.plus(STAT).plusSeconds(60)).withheld())
                .as("not each minute")
                .isZero();

        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent-2"), patient)));
        assertThat(look(asked.plus(STAT).plus(Escalations.AGAIN)).escalated()).isEqualTo(1);
        assertEscalatedOnce();
    }

    @Test
    void nothingIsToldOfARestrictedRecord() {
        ask(CHEST_PAIN);
        restrict();

        assertThat(lookWhenDue()).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
    }

    /** A question is no finding of the analysis: it was asked of a clinic, which may still read it. */
    @Test
    void automatedAnalysisHasNoSayInIt() {
        ask(CHEST_PAIN);
        Consent consent = consent();
        consent.getProvision().getProvision().removeIf(one -> one.getPurpose().stream()
                .anyMatch(purpose -> Purpose.CAREMGT.name().equals(purpose.getCode())));
        put(consent, TOKENS.patient(patient));

        assertThat(lookWhenDue().escalated()).isEqualTo(1);
    }

    @Test
    void anotherClinicOfThePatientLearnsNothingOfIt() {
        Consent both = consent();
        Consents.permit(both, Records.CENTRE, Purpose.TREAT);
        load(Records.transaction(team(Records.CENTRE, DEPUTY), both));
        ask(CHEST_PAIN);
        both.getProvision()
                .getProvision()
                .removeIf(one ->
                        one.getActorFirstRep().getReference().getReference().equals("Organization/" + Records.CLINIC));
        load(Records.transaction(both));

        assertThat(lookWhenDue()).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertUntouched();
    }

    @Test
    void aClinicOfWhichNobodyIsNamedIsToldAsAWhole() {
        load(Records.transaction(team(Records.CLINIC)));
        ask(null);

        assertThat(look(asked.plus(Duration.ofHours(8))).escalated()).isEqualTo(1);

        assertThat(stored().getOwner().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(stored().getPriority()).isEqualTo(TaskPriority.ASAP);
        assertEscalatedOnce();
    }

    @Test
    void ofServersAtOnceOneEscalates() throws Exception {
        ask(CHEST_PAIN);
        assertThatOneOfManyEscalates(asked.plus(STAT));
    }

    /** PostgreSQL sees of a killed server that its connection is gone: here behind the last step, before the commit. */
    @Test
    void whatAKilledServerHadBegunHasNotHappenedAndHappensLater() {
        ask(CHEST_PAIN);
        RunningTransaction running = new RunningTransaction(dataSource);
        Escalations killed = with(new AuditTrail(
                entry -> running.queryForObject("SELECT pg_terminate_backend(pg_backend_pid())", Boolean.class),
                Clock.systemUTC()));

        assertThat(killed.look(TaskKind.QUESTION, asked.plus(STAT)))
                .matches(look -> look.escalated() == 0 && look.failed() == 1);
        assertUntouched();

        assertThat(look(asked.plus(STAT).plus(Escalations.AGAIN)).escalated()).isEqualTo(1);
        assertEscalatedOnce();
    }

    @Test
    void theClinicIsToldBySubscriptionOnce() {
        ask(CHEST_PAIN);
        try (Receiver receiver = new Receiver()) {
            Answer created = post(
                    "/Subscription",
                    clinician,
                    Subscriptions.idOnly(
                            receiver.url(),
                            "Task?patient=" + patient + "&code=" + Canonicals.TASK_CODES + "%7C"
                                    + Codes.PATIENT_QUESTION));
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            String subscription =
                    "/Subscription/" + created.resource().getIdElement().getIdPart();
            Receiver.await("active", PATIENCE, () -> get(subscription, clinician)
                    .body()
                    .contains("\"active\""));

            assertThat(lookWhenDue().escalated()).isEqualTo(1);
            assertThat(lookWhenDue().escalated()).isZero();

            Receiver.await("told", PATIENCE, () -> !receiver.numbers().isEmpty());
            assertThat(receiver.numbers()).containsExactly(1L);
            assertThat(receiver.events().get(0).focuses())
                    .singleElement()
                    .asString()
                    .endsWith("/Task/" + task);
        } finally {
            database.update("DELETE FROM sinusnode.subscription");
            database.update("DELETE FROM sinusnode.subscription_event");
        }
    }

    @Test
    void looksAreCounted() {
        ask(CHEST_PAIN);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Clock due = Clock.fixed(asked.plus(STAT), ZoneOffset.UTC);
        try (EscalationWatch watch = new EscalationWatch(escalations, due, meters)) {
            watch.once();
        }
        assertThat(meters.get("sinusnode.question.escalations")
                        .tag("outcome", "escalated")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sinusnode.question.overdue").gauge().value()).isPositive();
    }
}
