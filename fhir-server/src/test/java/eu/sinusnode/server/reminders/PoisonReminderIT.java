package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.RunningServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can never be done stands aside, and the others go on. PostgreSQL refuses the poison, whatever the server tries. */
class PoisonReminderIT extends RunningServer {

    private static final int BATCH = 25;

    @Autowired
    private Reminders reminders;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void antidote() {
        database.execute("DROP TRIGGER IF EXISTS poison ON public.hfj_resource");
        database.execute("DROP TRIGGER IF EXISTS poison ON sinusnode.reminder_activity");
        database.execute("DROP FUNCTION IF EXISTS sinusnode.poison()");
        database.execute("DROP TABLE IF EXISTS sinusnode.poisoned");
    }

    /** So many minutes apart, long before the server's own worker makes Tasks of them. */
    private static Timing inHours(int times) {
        Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        return RemindedPatient.at(IntStream.range(0, times)
                .mapToObj(number -> first.plus(Duration.ofMinutes(number)))
                .toArray(Instant[]::new));
    }

    private static Timing never() {
        return RemindedPatient.at(Instant.parse("2031-01-01T09:00:00Z"));
    }

    /** Its intake comes after its weights. */
    private RemindedPatient poisoned(String name, int weights) {
        RemindedPatient anna = new RemindedPatient(name);
        Instant after = Instant.now().plus(Duration.ofHours(3).plusMinutes(10));
        anna.load(
                anna.weight(inHours(weights)),
                anna.bisoprolol(RemindedPatient.at(after.truncatedTo(ChronoUnit.SECONDS))),
                anna.plan(CarePlanStatus.ACTIVE));
        while (reminders.read(Instant.now(), 100) + reminders.plan(Instant.now(), 100) > 0) {
            // The worker may be faster.
        }
        assertThat(rows(anna)).as("nothing is a Task yet").isEqualTo(weights + 1);
        database.execute("""
                CREATE TABLE sinusnode.poisoned AS SELECT r.reminder::text AS task FROM sinusnode.reminder r
                WHERE r.record = 'ServiceRequest/%s';
                CREATE FUNCTION sinusnode.poison() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (SELECT FROM sinusnode.poisoned p WHERE p.task = NEW.fhir_id) THEN
                        RAISE EXCEPTION 'poison';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER poison BEFORE INSERT ON public.hfj_resource FOR EACH ROW WHEN (NEW.res_type = 'Task')
                EXECUTE FUNCTION sinusnode.poison();
                """.formatted(anna.id("weight")));
        return anna;
    }

    private int rows(RemindedPatient anna) {
        return count("SELECT count(*) FROM sinusnode.reminder WHERE NOT made AND plan = ?", anna);
    }

    private int count(String query, RemindedPatient anna) {
        Integer found = database.queryForObject(query, Integer.class, UUID.fromString(anna.id("plan")));
        return found == null ? 0 : found;
    }

    /** When all reminders of the plan are due, quiet hours or not. */
    private Instant allDue(RemindedPatient anna) {
        return database.queryForObject(
                        "SELECT max(due) FROM sinusnode.reminder WHERE plan = ?",
                        OffsetDateTime.class,
                        UUID.fromString(anna.id("plan")))
                .toInstant();
    }

    private void tellAll(Instant now) {
        boolean some = true;
        while (some) {
            try {
                some = reminders.tell(now, BATCH) > 0;
            } catch (IllegalStateException tooMany) {
                assertThat(tooMany).hasMessageContaining("first");
            }
        }
    }

    private double aside(String step) {
        return meters.find("sinusnode.reminders.aside").tag("step", step).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static List<String> told(RemindedPatient anna) {
        return anna.reminders().stream()
                .map(Task::getFocus)
                .map(Reference::getReference)
                .toList();
    }

    @Test
    void theOthersGoOnAndItIsTriedAgain() {
        RemindedPatient anna = poisoned("poison-one", 1);
        double before = aside("tell");
        Instant now = allDue(anna);
        tellAll(now);
        assertThat(told(anna)).containsExactly("MedicationRequest/" + anna.id("bisoprolol"));
        assertThat(aside("tell") - before).isEqualTo(1);
        tellAll(now);
        assertThat(aside("tell") - before).as("not tried at once").isEqualTo(1);
        tellAll(now.plus(Duration.ofMinutes(2)));
        assertThat(count("SELECT max(tries) FROM sinusnode.reminder WHERE plan = ?", anna))
                .isEqualTo(2);
        antidote();
        tellAll(now.plus(Duration.ofMinutes(10)));
        assertThat(told(anna))
                .containsExactlyInAnyOrder(
                        "MedicationRequest/" + anna.id("bisoprolol"), "ServiceRequest/" + anna.id("weight"));
        assertThat(count("SELECT max(tries) FROM sinusnode.reminder WHERE plan = ?", anna))
                .isZero();
    }

    @Test
    void manyAtTheHeadOfABatchDoNotHoldBackEither() {
        RemindedPatient anna = poisoned("poison-many", 9);
        double before = aside("tell");
        tellAll(allDue(anna));
        assertThat(told(anna)).containsExactly("MedicationRequest/" + anna.id("bisoprolol"));
        assertThat(aside("tell") - before).isEqualTo(9);
    }

    @Test
    void whatIsOverAndCannotBeRecordedIsGivenUp() {
        RemindedPatient anna = poisoned("poison-over", 1);
        Instant now = allDue(anna).plus(Duration.ofDays(2));
        for (int tries = 0; tries < Aside.MOST_TRIES; tries++) {
            tellAll(now);
            now = now.plus(Duration.ofMinutes(16));
        }
        assertThat(rows(anna)).isZero();
        assertThat(told(anna)).doesNotContain("ServiceRequest/" + anna.id("weight"));
    }

    @Test
    void aPlanThatCannotBeReadStandsAsideAndOthersAreRead() {
        RemindedPatient poison = new RemindedPatient("poison-plan");
        RemindedPatient other = new RemindedPatient("poison-plan-other");
        database.execute("""
                CREATE FUNCTION sinusnode.poison() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'poison'; END $$;
                CREATE TRIGGER poison BEFORE INSERT ON sinusnode.reminder_activity FOR EACH ROW
                WHEN (NEW.plan = '%s') EXECUTE FUNCTION sinusnode.poison();
                """.formatted(poison.id("plan")));
        for (RemindedPatient each : List.of(poison, other)) {
            each.load(each.weight(never()), each.bisoprolol(never()), each.plan(CarePlanStatus.ACTIVE));
        }
        while (reminders.read(Instant.now(), BATCH) > 0) {
            // The worker may be faster.
        }
        String stale = "SELECT count(*) FROM sinusnode.reminder_plan WHERE stale AND plan = ?";
        assertThat(count(stale, other)).isZero();
        assertThat(count(stale, poison)).isEqualTo(1);
        antidote();
        poison.load(poison.plan(CarePlanStatus.ACTIVE).setTitle("Another plan"));
        while (reminders.read(Instant.now(), BATCH) > 0) {
            // Whoever mends a plan does not wait.
        }
        assertThat(count(stale, poison)).isZero();
    }
}
