package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.PlanQuestions;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts of answers that nobody takes up, on the real server, looked for at instants of the test's own. */
class AlertEscalationIT extends EscalatedTasks {

    private static final Duration STAT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PlanQuestions questions = new PlanQuestions("", "", "");
    private Instant raised = Instant.EPOCH;

    @Override
    TaskKind kind() {
        return TaskKind.ALERT;
    }

    @Override
    Audience audience(ResponsibleClinics clinics) {
        return new AlertAudience(clinics, records);
    }

    /** What was seen, in German and English. */
    @Override
    int notes() {
        return 2;
    }

    @BeforeEach
    void aPlanThatAsks() {
        CareTeam team = Records.careTeam(Records.id(name + "-team"), patient, Records.CLINIC);
        team.addParticipant()
                .setMember(new Reference("Practitioner/" + Records.PRACTITIONER))
                .setOnBehalfOf(new Reference("Organization/" + Records.CLINIC));
        load(Records.transaction(team, consent()));
        questions = new PlanQuestions(name, patient, Records.CLINIC);
        questions.load(CarePlanStatus.ACTIVE);
    }

    private Consent consent() {
        return WalkWorld.consent(Records.id(name + "-consent"), patient);
    }

    private void answer(String complaint) {
        Answer answer = post("/QuestionnaireResponse", TOKENS.patient(patient), questions.complaints(complaint));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        task = get(
                        "/Task?code=" + Canonicals.TASK_CODES + "%7C" + Codes.THERAPY_ALERT + "&patient=" + patient,
                        clinician)
                .bundle()
                .getEntryFirstRep()
                .getResource()
                .getIdElement()
                .getIdPart();
        raised = stored().getAuthoredOn().toInstant();
    }

    private void put(Resource resource, String token) {
        String path = "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        Answer answer = put(path, token, resource);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"chest-pain, PT10M, STAT", "swelling, PT1H, ASAP"})
    void eachPriorityHasItsTimeAndIsEscalatedOnce(String complaint, Duration within, TaskPriority before) {
        answer(complaint);
        assertThat(stored().getPriority()).isEqualTo(before);
        Instant due = raised.plus(within);
        assertThat(look(due.minusSeconds(1)).escalated()).isZero();

        Escalations.Look look = look(due);

        assertThat(look.escalated()).isEqualTo(1);
        assertThat(look.overdue()).isPositive();
        Task escalated = (Task) get("/Task/" + task, clinician).resource();
        assertThat(escalated.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(escalated.getOwner().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(escalated.getRequester().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(escalated.getBusinessStatus().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(Canonicals.ALERT_STATES, Codes.ESCALATED);
        assertThat(post("/Task/$validate", TOKENS.loader(), escalated).body()).doesNotContain("\"error\"");
        assertThat(get("/AuditEvent?patient=" + patient + "&entity=Task/" + task + "&_count=100", TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .anyMatch(entry -> json(entry.getResource())
                        .contains("alert overdue: addressed to Practitioner/" + Records.PRACTITIONER));

        assertThat(look(due.plus(Duration.ofDays(30))).escalated()).isZero();
        assertEscalatedOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "INPROGRESS", "COMPLETED", "CANCELLED"})
    void whatSomebodyHasTakenUpIsNotEscalated(TaskStatus status) {
        answer("chest-pain");
        put(stored().setStatus(status), clinician);

        assertThat(look(raised.plus(STAT))).matches(look -> look.escalated() == 0 && look.withheld() == 0);
        assertThat(stored().getNote()).hasSize(notes());
    }

    @Test
    void nothingIsToldWhileTheConsentIsWithdrawn() {
        answer("chest-pain");
        put(consent().setStatus(Consent.ConsentState.INACTIVE), TOKENS.patient(patient));

        assertThat(look(raised.plus(STAT))).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertThat(version()).isEqualTo("1");

        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent-2"), patient)));
        assertThat(look(raised.plus(STAT).plus(Escalations.AGAIN)).escalated()).isEqualTo(1);
        assertEscalatedOnce();
    }

    @Test
    void nothingIsToldOfARestrictedRecord() {
        answer("chest-pain");
        restrict();

        assertThat(look(raised.plus(STAT))).matches(look -> look.escalated() == 0 && look.withheld() == 1);
    }

    @Test
    void anotherClinicOfThePatientLearnsNothingOfIt() {
        Consent both = consent();
        Consents.permit(both, Records.CENTRE, Purpose.TREAT);
        load(Records.transaction(Records.careTeam(Records.id(name + "-other-team"), patient, Records.CENTRE), both));
        answer("chest-pain");
        both.getProvision()
                .getProvision()
                .removeIf(one ->
                        one.getActorFirstRep().getReference().getReference().equals("Organization/" + Records.CLINIC));
        load(Records.transaction(both));

        assertThat(look(raised.plus(STAT))).matches(look -> look.escalated() == 0 && look.withheld() == 1);
        assertThat(version()).isEqualTo("1");
    }

    @Test
    void ofServersAtOnceOneEscalates() throws Exception {
        answer("chest-pain");
        assertThatOneOfManyEscalates(raised.plus(STAT));
    }

    @Test
    void theClinicIsToldBySubscriptionWhenItIsRaised() {
        try (Receiver receiver = new Receiver()) {
            Answer created = post(
                    "/Subscription",
                    clinician,
                    Subscriptions.idOnly(
                            receiver.url(),
                            "Task?patient=" + patient + "&code=" + Canonicals.TASK_CODES + "%7C"
                                    + Codes.THERAPY_ALERT));
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            String subscription =
                    "/Subscription/" + created.resource().getIdElement().getIdPart();
            Receiver.await("active", PATIENCE, () -> get(subscription, clinician)
                    .body()
                    .contains("\"active\""));

            answer("chest-pain");

            Receiver.await("told", PATIENCE, () -> !receiver.numbers().isEmpty());
            assertThat(receiver.events().get(0).focuses())
                    .singleElement()
                    .asString()
                    .endsWith("/Task/" + task);
        } finally {
            database.update("DELETE FROM sinusnode.subscription");
            database.update("DELETE FROM sinusnode.subscription_event");
        }
    }
}
