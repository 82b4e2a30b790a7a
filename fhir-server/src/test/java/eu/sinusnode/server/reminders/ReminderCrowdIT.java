package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many patients, each with an app of its own, are reminded at the same moment by the server's own worker. How many:
 * {@code sinusnode.crowd}; the figures stand in {@code target/reminder-crowd.csv}.
 */
class ReminderCrowdIT extends RunningServer {

    private static final int CROWD = Integer.getInteger("sinusnode.crowd", 30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What the issue of reminders demands of 95 in 100. */
    private static final Duration LONGEST_LAG = Duration.ofSeconds(5);

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    /** With an app that waits, and a reminder in some hours. */
    private RemindedPatient waiting(int number) {
        RemindedPatient patient = new RemindedPatient("crowd-" + number);
        Answer created = post(
                "/Subscription",
                patient.token(),
                Subscriptions.topic(receiver.url(), "Task?patient=" + patient.id + "&status=requested"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        Instant later = Instant.parse("2031-01-01T09:00:00Z");
        patient.load(
                patient.weight(RemindedPatient.at(later)),
                patient.bisoprolol(RemindedPatient.at(later)),
                patient.plan(CarePlanStatus.ACTIVE));
        return patient;
    }

    @Test
    void nobodyWaitsLongWhenAllAreRemindedAtOnce() throws IOException {
        List<UUID> plans = new ArrayList<>();
        for (int number = 0; number < CROWD; number++) {
            plans.add(UUID.fromString(waiting(number).id("plan")));
        }
        UUID[] all = plans.toArray(UUID[]::new);
        await("read", "SELECT count(*) FROM sinusnode.reminder_plan WHERE NOT stale AND plan = ANY (?)", all, CROWD);
        Receiver.await(
                "apps that wait",
                PATIENCE,
                () -> receiver.all().stream()
                                .filter(each -> each.type().equals("handshake"))
                                .count()
                        >= CROWD);

        Instant began = Instant.now();
        // Long enough for all of them to become Tasks before.
        Instant due = began.plus(Duration.ofSeconds(15)).plus(Duration.ofMillis(60L * CROWD));
        database.update("""
                INSERT INTO sinusnode.reminder (reminder, plan, record, part, planned, due, until)
                SELECT gen_random_uuid(), a.plan, a.record, a.part, ?, ?, ?::timestamptz + interval '1 hour'
                FROM sinusnode.reminder_activity a WHERE a.plan = ANY (?) AND a.record LIKE 'ServiceRequest/%'
                """, Timestamp.from(due), Timestamp.from(due), Timestamp.from(due), all);
        await("made", "SELECT count(*) FROM sinusnode.reminder WHERE made AND plan = ANY (?)", all, CROWD);
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1e3;
        assertThat(Instant.now()).as("all are Tasks before they are due").isBefore(due);

        // Bodies are not looked into before all have come: it would take from what is measured.
        Receiver.await("told", PATIENCE, () -> receiver.all().size() >= 2 * CROWD);
        List<Duration> lags = lags(due);
        assertThat(lags).hasSize(CROWD).allSatisfy(lag -> assertThat(lag).isGreaterThanOrEqualTo(Duration.ZERO));
        Duration median = lags.get(CROWD / 2);
        Duration late = lags.get((int) Math.ceil(0.95 * CROWD) - 1);
        Files.writeString(
                Path.of("target", "reminder-crowd.csv"),
                String.format(
                        Locale.ROOT,
                        "reminders,Tasks a second,median lag s,95 in 100 s,longest s%n%d,%.1f,%.3f,%.3f,%.3f%n",
                        CROWD,
                        CROWD / seconds,
                        median.toMillis() / 1e3,
                        late.toMillis() / 1e3,
                        lags.get(CROWD - 1).toMillis() / 1e3));
        assertThat(late).isLessThan(LONGEST_LAG);
    }

    private void await(String what, String query, UUID[] plans, int count) {
        Receiver.await(what, PATIENCE, () -> Integer.valueOf(count)
                .equals(database.queryForObject(query, Integer.class, (Object) plans)));
    }

    /** Of notifications, the shortest first. */
    private List<Duration> lags(Instant due) {
        long nowNanos = System.nanoTime();
        Instant now = Instant.now();
        return receiver.all().stream()
                .filter(each -> each.type().equals("event-notification"))
                .map(each -> Duration.between(due, now.minusNanos(nowNanos - each.nanos())))
                .sorted()
                .toList();
    }
}
