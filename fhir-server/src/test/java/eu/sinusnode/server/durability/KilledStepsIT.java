package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.subscriptions.Receiver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;

/**
 * The server is killed (signal 9) within the commit of each step by which a plan becomes a reminder that was told, and with
 * {@code -Dsinusnode.kills.all=true} behind each of their statements, too: PostgreSQL holds it up where it is to die. Afterwards each reminder is one Task and has one number.
 */
class KilledStepsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LOCK = 7_041_776;
    private static final int ORDERS = 3;

    /** What is due before its plan is stored is not reminded of, and a server that has just started stores slowly. */
    private static final Duration AHEAD = Duration.ofSeconds(15);

    private static final String WHO = "killed-steps";
    private static final String PATIENT = Records.id(WHO);

    /**
     * Where the server is held up.
     *
     * @param within whether the step's transaction is being committed by then: PostgreSQL ends it, and the server does not know
     */
    private record Step(String name, String event, String table, String when, boolean within) {

        String trigger() {
            return within
                    ? "CREATE CONSTRAINT TRIGGER halt AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW %s"
                            .formatted(event, table, when)
                    : "CREATE TRIGGER halt AFTER %s ON %s FOR EACH ROW %s".formatted(event, table, when);
        }
    }

    /** Each kill takes a minute; behind a statement nothing has happened yet for anybody else, as within a commit it may have. */
    private static final boolean ALL = Boolean.getBoolean("sinusnode.kills.all");

    private static final List<Step> STEPS = Stream.of(
                    new Step("the plan is read", "INSERT", "sinusnode.reminder_activity", "", false),
                    new Step("that it was read is committed", "INSERT", "sinusnode.reminder_activity", "", true),
                    new Step("its reminders are computed", "INSERT", "sinusnode.reminder", "", false),
                    new Step("what was computed is committed", "INSERT", "sinusnode.reminder", "", true),
                    new Step(
                            "a Task is stored", "INSERT", "public.hfj_resource", "WHEN (NEW.res_type = 'Task')", false),
                    new Step("its event is in the outbox", "INSERT", "sinusnode.subscription_event", "", false),
                    new Step(
                            "the reminder is marked as made", "UPDATE", "sinusnode.reminder", "WHEN (NEW.made)", false),
                    new Step(
                            "Task, event and mark are committed",
                            "UPDATE",
                            "sinusnode.reminder",
                            "WHEN (NEW.made)",
                            true),
                    new Step(
                            "the event has its number",
                            "UPDATE",
                            "sinusnode.subscription_event",
                            "WHEN (NEW.number IS NOT NULL)",
                            false),
                    new Step(
                            "the number is committed and nothing is sent",
                            "UPDATE",
                            "sinusnode.subscription_event",
                            "WHEN (NEW.number IS NOT NULL)",
                            true),
                    new Step("it was sent, and is settled", "INSERT", "sinusnode.subscription_told", "", false),
                    new Step("that it was sent is committed", "INSERT", "sinusnode.subscription_told", "", true))
            .filter(step -> ALL || step.within())
            .toList();

    @Test
    void whereverItDiesNoReminderIsLostOrThereTwice() throws Exception {
        try (KillableServer server = new KillableServer();
                Receiver receiver = new Receiver()) {
            server.start();
            server.load(Records.directory());
            new RemindedApp(server, WHO).subscribe(receiver);
            Receiver.await("the handshake", PATIENCE, () -> !receiver.all().isEmpty());

            for (int i = 0; i < STEPS.size(); i++) {
                dieAt(server, STEPS.get(i), i);
            }

            int all = STEPS.size() * ORDERS;
            Receiver.await(
                    "all is told",
                    PATIENCE,
                    () -> KilledDeliveryIT.told(receiver.events()).size() >= all);
            Map<Long, String> told = KilledDeliveryIT.told(receiver.events());
            assertThat(told.values()).doesNotHaveDuplicates().hasSize(all);
            assertThat(told.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, all).boxed().toList());
            assertThat(texts(server, """
                            SELECT t.task -> 'focus' ->> 'reference'
                            FROM (SELECT v.res_text_vc::jsonb AS task FROM public.hfj_resource r JOIN public.hfj_res_ver v
                                ON v.res_id = r.res_id WHERE r.res_type = 'Task') t"""))
                    .as("one version of one Task for each order")
                    .hasSize(all)
                    .doesNotHaveDuplicates();
            assertThat(texts(server, "SELECT event::text FROM sinusnode.subscription_event"))
                    .as("nothing waits any more")
                    .isEmpty();
        }
    }

    /** A plan is stored, and the server dies when it has come so far with it. */
    private static void dieAt(KillableServer server, Step step, int number) throws Exception {
        try (Connection holder = server.connect();
                Statement held = holder.createStatement()) {
            held.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            held.execute("""
                    CREATE OR REPLACE FUNCTION sinusnode.halt() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM pg_advisory_xact_lock(%d);
                        RETURN NULL;
                    END $$""".formatted(LOCK));
            held.execute(step.trigger() + " EXECUTE FUNCTION sinusnode.halt()");
            Instant due = Instant.now().plus(AHEAD);
            server.load(plan(number, due));
            assertThat(Instant.now()).as("when the plan is stored").isBefore(due);
            Receiver.await(step.name(), PATIENCE, () -> isHeldUp(server));
            server.killServer();
            held.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            held.execute("DROP TRIGGER halt ON " + step.table());
        }
        server.startServer();
    }

    private static boolean isHeldUp(KillableServer server) {
        try {
            return !texts(
                            server,
                            "SELECT pid::text FROM pg_locks WHERE locktype = 'advisory' AND objid = " + LOCK
                                    + " AND NOT granted")
                    .isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(KillableServer server, String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    /** A few orders that are due at one moment. */
    private static Bundle plan(int number, Instant due) {
        String name = WHO + "-" + number;
        List<Resource> records = new ArrayList<>();
        CarePlan plan = new CarePlan();
        plan.setId(Records.id(name + "-plan"));
        plan.setStatus(CarePlanStatus.ACTIVE).setIntent(CarePlanIntent.PLAN).setTitle("Plan");
        plan.setSubject(new Reference("Patient/" + PATIENT));
        plan.setAuthor(new Reference("Organization/" + Records.CLINIC));
        plan.addContributor(new Reference("Organization/" + Records.CLINIC));
        plan.getPeriod().setStartElement(new DateTimeType("2026-01-01"));
        for (int i = 0; i < ORDERS; i++) {
            ServiceRequest order = new ServiceRequest();
            order.setId(Records.id(name + "-order-" + i));
            order.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.PLAN);
            order.setSubject(new Reference("Patient/" + PATIENT));
            order.setCode(new CodeableConcept(new Coding(Codes.LOINC, "29463-7", "Body weight")));
            Timing timing = new Timing();
            timing.addEvent(Date.from(due));
            order.setOccurrence(timing);
            records.add(order);
            plan.addActivity()
                    .setReference(new Reference(
                            "ServiceRequest/" + order.getIdElement().getIdPart()));
        }
        records.add(plan);
        return Records.transaction(records.toArray(Resource[]::new));
    }
}
