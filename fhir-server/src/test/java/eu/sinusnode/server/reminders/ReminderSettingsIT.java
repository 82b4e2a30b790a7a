package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient says by which clock to be reminded, and when not. */
class ReminderSettingsIT extends RunningServer {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Autowired
    private Reminders reminders;

    private static String path(String patient) {
        return "/Patient/" + patient + "/$reminder-settings";
    }

    private static Parameters zone(String zone) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("zone").setValue(new StringType(zone));
        return parameters;
    }

    private static Parameters quiet(String from, String until) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("quietFrom").setValue(new TimeType(from));
        parameters.addParameter().setName("quietUntil").setValue(new TimeType(until));
        return parameters;
    }

    private static void say(RemindedPatient anna, Parameters settings) {
        Answer answer = post(path(anna.id), anna.token(), settings);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static List<String> told(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Parameters) answer.resource())
                .getParameter().stream()
                        .map(each -> each.getName() + " " + each.getValue().primitiveValue())
                        .toList();
    }

    private static Timing dailyAt(String time) {
        Timing timing = new Timing();
        timing.getRepeat()
                .setFrequency(1)
                .setPeriod(1)
                .setPeriodUnit(Timing.UnitsOfTime.D)
                .addTimeOfDay(time);
        return timing;
    }

    private static Timing never() {
        return RemindedPatient.at(Instant.parse("2031-01-01T09:00:00Z"));
    }

    private RemindedPatient weighedAt(String name, Timing timing) {
        RemindedPatient anna = new RemindedPatient(name);
        anna.load(anna.weight(timing), anna.bisoprolol(never()), anna.plan(CarePlanStatus.ACTIVE));
        compute();
        return anna;
    }

    private void compute() {
        while (reminders.read(Instant.now(), 100) + reminders.plan(Instant.now(), 100) > 0) {
            // The worker may be faster.
        }
    }

    private List<Instant> computed(RemindedPatient anna, String column) {
        return database.query(
                "SELECT " + column + " FROM sinusnode.reminder WHERE plan = ? AND due > now() + interval '1 minute'"
                        + " ORDER BY due",
                (row, number) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                UUID.fromString(anna.id("plan")));
    }

    @Test
    void whoSaidNothingHasTheUsualOnesAndWhatIsNotGivenStays() {
        RemindedPatient anna = new RemindedPatient("settings-said");
        assertThat(told(get(path(anna.id), anna.token())))
                .containsExactly("zone Europe/Berlin", "quietFrom 22:30:00", "quietUntil 06:30:00");
        say(anna, zone("Asia/Tokyo"));
        say(anna, quiet("21:00:00", "07:15:00"));
        assertThat(told(get(path(anna.id), anna.token())))
                .containsExactly("zone Asia/Tokyo", "quietFrom 21:00:00", "quietUntil 07:15:00");
    }

    @Test
    void whatWasComputedIsTakenAnewByTheNewClock() {
        RemindedPatient anna = weighedAt("settings-zone", dailyAt("12:00:00"));
        assertThat(computed(anna, "planned"))
                .isNotEmpty()
                .allSatisfy(at -> assertThat(at.atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.NOON));
        say(anna, zone("Asia/Tokyo"));
        compute();
        assertThat(computed(anna, "planned"))
                .isNotEmpty()
                .allSatisfy(at -> assertThat(at.atZone(TOKYO).toLocalTime()).isEqualTo(LocalTime.NOON));
    }

    @Test
    void aReminderThatIsATaskAlreadyMovesWithNewQuietHours() {
        Instant planned = Instant.now().plus(Duration.ofMinutes(10));
        RemindedPatient anna = new RemindedPatient("settings-quiet");
        say(anna, quiet("00:00:00", "00:00:00"));
        anna.load(anna.weight(RemindedPatient.at(planned)), anna.bisoprolol(never()), anna.plan(CarePlanStatus.ACTIVE));
        compute();
        while (reminders.tell(Instant.now(), 25) > 0) {
            // Or the worker does.
        }
        assertThat(anna.reminders()).singleElement().satisfies(task -> assertThat(task.getStatus())
                .isEqualTo(TaskStatus.REQUESTED));
        LocalTime now = LocalTime.ofInstant(planned, BERLIN).withSecond(0).withNano(0);
        LocalTime until = now.plusHours(8);
        say(anna, quiet(now.minusHours(1) + ":00", until + ":00"));
        compute();
        assertThat(anna.reminders()).singleElement().satisfies(task -> assertThat(task.getStatus())
                .isEqualTo(TaskStatus.CANCELLED));
        List<Instant> moved = computed(anna, "due");
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0)).isAfter(planned.plus(Duration.ofHours(6)));
        while (reminders.tell(moved.get(0), 25) > 0) {
            // And is told then.
        }
        assertThat(anna.reminders()).singleElement().satisfies(task -> {
            assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
            assertThat(task.getRestriction().getPeriod().getStart().toInstant()).isEqualTo(moved.get(0));
        });
    }

    /** The clock goes back over a time that has come: the same must not be asked for twice. */
    @Test
    void whoTravelsWestIsNotRemindedOfTheSameAgain() {
        Instant now = Instant.now();
        RemindedPatient anna = new RemindedPatient("settings-west");
        say(anna, quiet("00:00:00", "00:00:00"));
        String justNow = LocalTime.ofInstant(now.plus(Duration.ofMinutes(5)), BERLIN)
                        .withSecond(0)
                        .withNano(0)
                + ":00";
        anna.load(anna.weight(dailyAt(justNow)), anna.bisoprolol(never()), anna.plan(CarePlanStatus.ACTIVE));
        compute();
        while (reminders.tell(now, 25) > 0) {
            // Or the worker does.
        }
        List<Task> before = anna.reminders();
        assertThat(before).hasSize(1);
        Task taken = before.get(0);
        taken.setStatus(TaskStatus.REJECTED);
        Answer answered = put("/Task/" + taken.getIdElement().getIdPart(), anna.token(), taken);
        assertThat(answered.status()).as(answered.body()).isEqualTo(200);
        // Its row is gone when its time is over.
        database.update("DELETE FROM sinusnode.reminder WHERE plan = ? AND made", UUID.fromString(anna.id("plan")));
        say(anna, zone("America/New_York"));
        compute();
        while (reminders.tell(now.plus(Duration.ofHours(7)), 25) > 0) {
            // Five minutes from now is six hours later there.
        }
        assertThat(anna.reminders()).singleElement().satisfies(task -> {
            assertThat(task.getStatus()).isEqualTo(TaskStatus.REJECTED);
            assertThat(task.getIdElement().getIdPart())
                    .isEqualTo(taken.getIdElement().getIdPart());
        });
    }

    @Test
    void whatIsNoSettingIsRefusedAndChangesNothing() {
        RemindedPatient anna = new RemindedPatient("settings-malformed");
        for (Parameters wrong : List.of(
                new Parameters(),
                zone("Europe/Atlantis"),
                zone("+02:00"),
                zone("CEST"),
                quiet("22:30:00", "22:00:00"),
                quiet("22:30:30", "06:00:00"),
                quiet("half past ten", "06:00:00"),
                new Parameters().addParameter("quietFrom", "22:00:00"),
                new Parameters().addParameter("snooze", "22:00:00"))) {
            Answer answer = post(path(anna.id), anna.token(), wrong);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-REMINDER-001");
        }
        assertThat(told(get(path(anna.id), anna.token()))).contains("zone Europe/Berlin", "quietFrom 22:30:00");
    }

    @Test
    void nobodyElseReadsOrSetsThem() {
        RemindedPatient anna = new RemindedPatient("settings-others");
        RemindedPatient bea = new RemindedPatient("settings-others-bea");
        say(anna, zone("Asia/Tokyo"));
        for (String other :
                List.of(bea.token(), TOKENS.clinician(anna.world.clinic), anna.world.clinicToken(), TOKENS.loader())) {
            for (Answer answer :
                    List.of(get(path(anna.id), other), post(path(anna.id), other, zone("Europe/Lisbon")))) {
                assertThat(answer.status()).as(answer.body()).isIn(403, 404);
                assertThat(answer.body()).doesNotContain("Tokyo");
            }
        }
        assertThat(get(path(Records.id("settings-nobody")), anna.token()).status())
                .as("as for Bea's")
                .isEqualTo(get(path(bea.id), anna.token()).status());
        assertThat(told(get(path(anna.id), anna.token()))).contains("zone Asia/Tokyo");
    }

    @Test
    void aScopeToReadIsNotEnough() {
        RemindedPatient anna = new RemindedPatient("settings-scope");
        String reads = TOKENS.token(CallerKind.PATIENT, claims -> claims.claim("patient", anna.id)
                .claim("fhirUser", "Patient/" + anna.id)
                .claim("scope", "patient/*.rs"));
        assertThat(post(path(anna.id), reads, zone("Asia/Tokyo")).status()).isEqualTo(403);
    }

    @Test
    void itIsAudited() {
        RemindedPatient anna = new RemindedPatient("settings-audited");
        say(anna, zone("Asia/Tokyo"));
        Answer log = get("/Patient/" + anna.id + "/$access-log", anna.token());
        assertThat(log.status()).as(log.body()).isEqualTo(200);
        assertThat(((Parameters) log.resource()).getParameter()).hasSizeGreaterThanOrEqualTo(1);
        assertThat(log.body()).doesNotContain("Tokyo");
    }

    @Test
    void theErasureOfAPersonTakesThemAlong() {
        RemindedPatient anna = new RemindedPatient("settings-erased");
        say(anna, zone("Asia/Tokyo"));
        Parameters asked = new Parameters();
        asked.addParameter().setName("patient").setValue(new Reference("Patient/" + anna.id));
        asked.addParameter().setName("reason").setValue(new CodeType("objection"));
        Answer erased = post("/Patient/" + anna.id + "/$erase", TOKENS.loader(), asked);
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.reminder_settings WHERE patient = ?",
                        Integer.class,
                        UUID.fromString(anna.id)))
                .isZero();
    }
}
