package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import eu.sinusnode.therapy.reminder.QuietHours;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From a plan to reminders, and what a patient makes of them. The server's own worker runs beside the steps that are called here. */
class RemindersIT extends RunningServer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private Reminders reminders;

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        database.execute("DROP TRIGGER IF EXISTS later ON sinusnode.reminder_plan");
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    private static Instant in(Duration duration) {
        return Instant.now().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    }

    /** No quiet hours in between: what is planned now is due now, or some hours later, whatever the time of the test is. */
    private static Timing soon() {
        return RemindedPatient.at(in(Duration.ofSeconds(8)));
    }

    private static Timing never() {
        return RemindedPatient.at(Instant.parse("2031-01-01T09:00:00Z"));
    }

    private void steps(Instant now) {
        for (int i = 0; i < 3; i++) {
            reminders.read(now, 1_000);
            reminders.plan(now, 1_000);
            reminders.tell(now, 1_000);
        }
    }

    private static boolean isQuietNow() {
        Instant planned = in(Duration.ofSeconds(8));
        return !QuietHours.USUAL.move(planned, Zone.OF_DATES, false).equals(planned);
    }

    private static Instant start(Task task) {
        return task.getRestriction().getPeriod().getStart().toInstant();
    }

    @Test
    void aReminderIsATaskBeforeItIsDueAndToldWhenItIs() {
        Assumptions.assumeFalse(isQuietNow(), "at night the reminder comes in the morning");
        RemindedPatient anna = new RemindedPatient("reminded-soon");
        Answer created = post(
                "/Subscription",
                anna.token(),
                Subscriptions.topic(receiver.url(), "Task?patient=" + anna.id + "&status=requested"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String subscription =
                "/Subscription/" + created.resource().getIdElement().getIdPart();
        Receiver.await(
                "active", PATIENCE, () -> get(subscription, anna.token()).body().contains("\"active\""));

        anna.load(anna.weight(soon()), anna.bisoprolol(never()), anna.plan(CarePlanStatus.ACTIVE));
        Receiver.await("a Task", PATIENCE, () -> !anna.reminders().isEmpty());
        Task task = anna.reminders().get(0);
        Instant due = start(task);
        boolean early = Instant.now().isBefore(due);
        assertThat(receiver.events().isEmpty() || !early)
                .as("nothing is told before")
                .isTrue();
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getDescription()).isEqualTo("Body weight");
        assertThat(task.getFocus().getReference()).isEqualTo("ServiceRequest/" + anna.id("weight"));
        assertThat(task.getBasedOnFirstRep().getReference()).isEqualTo("CarePlan/" + anna.id("plan"));
        assertThat(post("/Task/$validate", TOKENS.clinician(anna.world.clinic), task)
                        .body())
                .doesNotContain("\"error\"");

        Receiver.await("the event", PATIENCE, () -> !receiver.events().isEmpty());
        Instant told = Instant.now();
        assertThat(told).isAfterOrEqualTo(due);
        assertThat(Duration.between(due, told)).isLessThan(Duration.ofSeconds(5));
        assertThat(receiver.events().get(0).body()).doesNotContain(anna.id).doesNotContain("Body weight");
        steps(Instant.now());
        assertThat(anna.reminders()).hasSize(1);
        assertThat(receiver.numbers()).containsExactly(1L);
    }

    private static Timing daily(String... times) {
        Timing timing = new Timing();
        timing.getRepeat().setPeriod(1).setPeriodUnit(UnitsOfTime.D);
        for (String time : times) {
            timing.getRepeat().addTimeOfDay(time);
        }
        return timing;
    }

    /** Ten in the morning of a day that is still to come: the server's own worker does nothing about it. */
    private static Instant morning(int days) {
        return in(Duration.ofDays(days))
                .atZone(Zone.OF_DATES)
                .toLocalDate()
                .atTime(10, 0)
                .atZone(Zone.OF_DATES)
                .toInstant();
    }

    private RemindedPatient twiceADay(String name) {
        RemindedPatient anna = new RemindedPatient(name);
        leaveToTheTest(anna);
        anna.load(anna.weight(daily("09:55:00")), anna.bisoprolol(daily("10:05:00")), anna.plan(CarePlanStatus.ACTIVE));
        Instant before = morning(5).minus(Duration.ofHours(1));
        reminders.read(before, 1_000);
        database.update(
                "UPDATE sinusnode.reminder_plan SET planned_until = ? WHERE plan = ?",
                Timestamp.from(before),
                UUID.fromString(anna.id("plan")));
        database.update("DELETE FROM sinusnode.reminder WHERE plan = ?", UUID.fromString(anna.id("plan")));
        steps(morning(5));
        return anna;
    }

    /** The server's own worker, whose clock is days behind, would take back what is due by the test's clock. */
    private void leaveToTheTest(RemindedPatient anna) {
        database.execute("""
                CREATE OR REPLACE FUNCTION sinusnode.later() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.again := now() + interval '1 day';
                    RETURN NEW;
                END $$""");
        database.execute("""
                CREATE TRIGGER later BEFORE INSERT OR UPDATE ON sinusnode.reminder_plan FOR EACH ROW
                WHEN (NEW.stale AND NEW.patient = '%s') EXECUTE FUNCTION sinusnode.later()""".formatted(anna.id));
    }

    private static Answer answer(RemindedPatient anna, Task task) {
        task.setMeta(null);
        return put("/Task/" + task.getIdElement().getIdPart(), anna.token(), task);
    }

    @Test
    void aPatientSaysDoneSkippedOrLater() {
        RemindedPatient anna = twiceADay("reminded-answers");
        assertThat(anna.reminders()).hasSize(2);
        Task weight = anna.reminder("ServiceRequest/" + anna.id("weight"));
        weight.getRestriction().getPeriod().setStart(Date.from(start(weight).plus(Duration.ofMinutes(30))));
        Answer later = answer(anna, weight);
        assertThat(later.status()).as(later.body()).isEqualTo(200);
        weight = anna.reminder("ServiceRequest/" + anna.id("weight"));
        Answer done = answer(anna, weight.setStatus(TaskStatus.COMPLETED));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        weight = anna.reminder("ServiceRequest/" + anna.id("weight"));
        Answer again = answer(anna, weight.setStatus(TaskStatus.REJECTED));
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.codes()).containsExactly("SN-CONTENT-001");

        Task intake = anna.reminder("MedicationRequest/" + anna.id("bisoprolol"));
        Answer bare = answer(anna, intake.copy().setStatus(TaskStatus.COMPLETED));
        assertThat(bare.status()).as(bare.body()).isEqualTo(403);
        assertThat(bare.body()).contains("MedicationAdministration");
        Answer wrong = post("", anna.token(), taken(intake, weightOf(anna)));
        assertThat(wrong.status()).as(wrong.body()).isEqualTo(403);
        assertThat(anna.reminder("MedicationRequest/" + anna.id("bisoprolol")).getStatus())
                .isEqualTo(TaskStatus.REQUESTED);
        Answer taken = post("", anna.token(), taken(intake, administration(anna, intake)));
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(anna.reminder("MedicationRequest/" + anna.id("bisoprolol")).getStatus())
                .isEqualTo(TaskStatus.COMPLETED);

        reminders.expire(morning(8), 1_000);
        assertThat(anna.reminders()).extracting(Task::getStatus).containsOnly(TaskStatus.COMPLETED);
    }

    /** What is skipped stays skipped: it is not told again, not made up for and not said to have been forgotten. */
    @Test
    void whatAPatientSkipsStaysSkipped() {
        RemindedPatient anna = twiceADay("reminded-skips");
        Answer skipped = answer(
                anna, anna.reminder("ServiceRequest/" + anna.id("weight")).setStatus(TaskStatus.REJECTED));
        assertThat(skipped.status()).as(skipped.body()).isEqualTo(200);

        Task intake = anna.reminder("MedicationRequest/" + anna.id("bisoprolol"));
        Bundle notTaken = taken(intake, administration(anna, intake).setStatus(MedicationAdministrationStatus.NOTDONE));
        ((Task) notTaken.getEntry().get(1).getResource()).setStatus(TaskStatus.REJECTED);
        Answer stored = post("", anna.token(), notTaken);
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);

        for (String what :
                List.of("ServiceRequest/" + anna.id("weight"), "MedicationRequest/" + anna.id("bisoprolol"))) {
            Task task = anna.reminder(what);
            assertThat(task.getStatus()).isEqualTo(TaskStatus.REJECTED);
            Answer after = answer(anna, task.setStatus(TaskStatus.COMPLETED));
            assertThat(after.status()).as(after.body()).isEqualTo(403);
            assertThat(after.codes()).containsExactly("SN-CONTENT-001");
        }
        reminders.expire(morning(8), 1_000);
        assertThat(anna.reminders()).hasSize(2).extracting(Task::getStatus).containsOnly(TaskStatus.REJECTED);
    }

    private static Observation weightOf(RemindedPatient anna) {
        Observation weight = Records.heartRate(anna.id, anna.world.id("anna-cuff"), "reminded-" + UUID.randomUUID());
        weight.setPerformer(List.of(new Reference("Patient/" + anna.id)));
        return weight;
    }

    private static MedicationAdministration administration(RemindedPatient anna, Task intake) {
        MedicationAdministration administration = new MedicationAdministration();
        administration.setStatus(MedicationAdministrationStatus.COMPLETED);
        administration.setSubject(new Reference("Patient/" + anna.id));
        administration.setMedication(new CodeableConcept().setText("Bisoprolol 2.5 mg"));
        administration.setEffective(new DateTimeType(Date.from(start(intake))));
        administration.setRequest(new Reference("MedicationRequest/" + anna.id("bisoprolol")));
        administration.addPerformer().setActor(new Reference("Patient/" + anna.id));
        return administration;
    }

    private static Bundle taken(Task intake, Resource record) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        String url = "urn:uuid:" + UUID.randomUUID();
        bundle.addEntry()
                .setFullUrl(url)
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(record.fhirType());
        Task done = intake.copy().setStatus(TaskStatus.COMPLETED);
        done.setMeta(null);
        done.addOutput()
                .setType(new CodeableConcept(new Coding(Canonicals.REMINDER_DETAILS, Codes.WHAT_WAS_DONE, null)))
                .setValue(new Reference(url));
        String id = intake.getIdElement().getIdPart();
        bundle.addEntry()
                .setFullUrl(BASE + "/Task/" + id)
                .setResource(done)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("Task/" + id);
        return bundle;
    }

    @Test
    void whatNobodyAnsweredEnds() {
        RemindedPatient anna = twiceADay("reminded-unanswered");
        reminders.expire(morning(7), 1_000);
        assertThat(anna.reminders()).hasSize(2).allSatisfy(task -> {
            assertThat(task.getStatus()).isEqualTo(TaskStatus.FAILED);
            assertThat(task.getStatusReason().getCodingFirstRep().getCode()).isEqualTo(Codes.REMINDER_NOT_ANSWERED);
        });
        assertThat(rows(anna, "made")).isZero();
    }

    private int rows(RemindedPatient anna, String condition) {
        Integer rows = database.queryForObject(
                "SELECT count(*) FROM sinusnode.reminder WHERE plan = ? AND " + condition,
                Integer.class,
                UUID.fromString(anna.id("plan")));
        return rows == null ? 0 : rows;
    }

    @Test
    void aPlanThatChangesTakesBackWhatIsNotDue() {
        RemindedPatient anna = twiceADay("reminded-revised");
        anna.load(anna.weight(daily("09:55:00")).setStatus(ServiceRequestStatus.REVOKED));
        reminders.read(morning(5), 1_000);
        assertThat(anna.reminder("ServiceRequest/" + anna.id("weight")).getStatus())
                .as("it was due at 9:55")
                .isEqualTo(TaskStatus.REQUESTED);
        anna.load(anna.bisoprolol(daily("11:00:00")));
        steps(morning(5));
        assertThat(anna.reminder("MedicationRequest/" + anna.id("bisoprolol")).getStatus())
                .isEqualTo(TaskStatus.CANCELLED);
        steps(morning(5).plus(Duration.ofMinutes(50)));
        assertThat(anna.reminders())
                .extracting(Task::getStatus)
                .containsExactly(TaskStatus.REQUESTED, TaskStatus.CANCELLED, TaskStatus.REQUESTED);
        anna.load(anna.plan(CarePlanStatus.REVOKED));
        reminders.read(morning(5).plus(Duration.ofMinutes(50)), 1_000);
        assertThat(anna.reminders())
                .extracting(Task::getStatus)
                .containsExactly(TaskStatus.REQUESTED, TaskStatus.CANCELLED, TaskStatus.CANCELLED);
        assertThat(rows(anna, "NOT made")).isZero();
    }

    @Test
    void aWithdrawalTakesBackWhatIsNotDueAndStopsTheRest() {
        RemindedPatient anna = twiceADay("reminded-withdrawn");
        anna.world.withdraw("anna");
        steps(morning(5));
        assertThat(anna.reminder("MedicationRequest/" + anna.id("bisoprolol")).getStatus())
                .isEqualTo(TaskStatus.CANCELLED);
        steps(morning(6));
        assertThat(anna.reminders()).hasSize(2);
    }

    @Test
    void aRestrictedRecordRemindsNobody() {
        RemindedPatient anna = twiceADay("reminded-restricted");
        Answer restricted = post(
                "/Patient/" + anna.id + "/$restrict",
                TOKENS.loader(),
                new Parameters()
                        .addParameter("patient", new Reference("Patient/" + anna.id))
                        .addParameter("ground", new CodeType("accuracy-contested")));
        assertThat(restricted.status()).as(restricted.body()).isEqualTo(200);
        steps(morning(5));
        steps(morning(6));
        assertThat(database.queryForList(
                        "SELECT v.res_text_vc::jsonb ->> 'status' FROM public.hfj_resource r JOIN public.hfj_res_ver v"
                                + " ON v.res_id = r.res_id AND v.res_ver = r.res_ver WHERE r.res_type = 'Task'"
                                + " AND v.res_text_vc LIKE ? ORDER BY 1",
                        String.class,
                        "%Patient/" + anna.id + "%"))
                .as("what was not due is taken back, and nothing comes after")
                .containsExactly("cancelled", "requested");
        assertThat(rows(anna, "NOT made AND due < now() + interval '6 days'")).isZero();
    }

    /** What was stored of each step stays, whatever is done again. */
    @Test
    void nothingIsThereTwiceHoweverOftenTheStepsAreDone() {
        RemindedPatient anna = twiceADay("reminded-again");
        List<String> before = anna.reminders().stream()
                .map(task -> task.getIdElement().getValue())
                .toList();
        for (int i = 0; i < 3; i++) {
            anna.load(anna.plan(CarePlanStatus.ACTIVE).setTitle("Plan " + i));
            steps(morning(5));
        }
        assertThat(anna.reminders())
                .extracting(task -> task.getIdElement().getValue())
                .isEqualTo(before);
    }

    @Test
    void afterAPauseWhatIsOverIsRecordedAndNotTold() {
        RemindedPatient anna = twiceADay("reminded-late");
        Answer created =
                post("/Subscription", anna.token(), Subscriptions.topic(receiver.url(), "Task?patient=" + anna.id));
        String subscription =
                "/Subscription/" + created.resource().getIdElement().getIdPart();
        Receiver.await(
                "active", PATIENCE, () -> get(subscription, anna.token()).body().contains("\"active\""));
        Instant later = morning(8);
        reminders.setLateAside(later);
        steps(later);
        List<Task> all = anna.reminders();
        assertThat(all).extracting(Task::getStatus).contains(TaskStatus.FAILED, TaskStatus.REQUESTED);
        assertThat(all.stream().filter(task -> task.getStatus() == TaskStatus.FAILED))
                .as("of the sixth and the seventh day")
                .hasSize(4 - 1)
                .allMatch(task ->
                        task.getStatusReason().getCodingFirstRep().getCode().equals(Codes.REMINDER_NOT_TOLD));
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.subscription_event WHERE patient = ? AND occurred < ?",
                        Integer.class,
                        UUID.fromString(anna.id),
                        Timestamp.from(morning(7))))
                .as("what is told is of the last day")
                .isZero();
    }

    @Test
    void theErasureOfAPersonTakesThemAlong() {
        RemindedPatient anna = twiceADay("reminded-erased");
        Answer erased = post(
                "/Patient/" + anna.id + "/$erase",
                TOKENS.loader(),
                new Parameters()
                        .addParameter("patient", new Reference("Patient/" + anna.id))
                        .addParameter("reason", new CodeType("objection")));
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        assertThat(rows(anna, "true")).isZero();
        for (String table : List.of("reminder_plan", "reminder_activity")) {
            assertThat(database.queryForObject(
                            "SELECT count(*) FROM sinusnode." + table + " WHERE plan = ?",
                            Integer.class,
                            UUID.fromString(anna.id("plan"))))
                    .isZero();
        }
    }
}
