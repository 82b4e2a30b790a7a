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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
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

/** The server and PostgreSQL are killed while a plan becomes reminders: each is one Task and one number, and none is missing. */
class KilledRemindersIT {

    private static final int KILLS = Integer.getInteger("sinusnode.kills", 4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ORDERS = 90;
    private static final String WHO = "killed-reminders";
    private static final String PATIENT = Records.id(WHO);

    private final Random random = new Random(Long.getLong("sinusnode.kills.seed", 1));

    @Test
    void noReminderIsLostOrThereTwice() throws Exception {
        try (KillableServer server = new KillableServer();
                Receiver receiver = new Receiver()) {
            server.start();
            server.load(Records.directory());
            new RemindedApp(server, WHO).subscribe(receiver);
            Receiver.await("the handshake", PATIENCE, () -> !receiver.all().isEmpty());

            // A plan that has just been stored reminds of what is ahead: a slow machine takes seconds to store it.
            server.load(plan(Instant.now().plusSeconds(12)));
            for (int kill = 0; kill < KILLS; kill++) {
                // While plans are read, reminders computed, Tasks made, or events told.
                Thread.sleep(random.nextInt(kill == 0 ? 1_500 : 6_000));
                if (kill % 4 == 3) {
                    server.killPostgres();
                    server.startPostgres();
                    server.awaitReady();
                } else {
                    server.killServer();
                    server.startServer();
                }
            }

            Receiver.await("all is told", PATIENCE, () -> told(receiver).size() >= ORDERS);
            Map<Long, String> told = told(receiver);
            assertThat(told.values()).doesNotHaveDuplicates().hasSize(ORDERS);
            assertThat(told.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, told.size()).boxed().toList());
            assertThat(times(server))
                    .as("each time of each order once")
                    .hasSize(ORDERS)
                    .doesNotHaveDuplicates();
            System.out.println(KILLS + " kills, " + told.size() + " reminders told, "
                    + (receiver.numbers().size() - told.size()) + " told again");
        }
    }

    private static Map<Long, String> told(Receiver receiver) {
        Map<Long, String> told = new HashMap<>();
        for (Receiver.Received each : receiver.events()) {
            List<String> focuses = each.focuses();
            for (int i = 0; i < focuses.size(); i++) {
                String before = told.put(each.numbers().get(i), focuses.get(i));
                assertThat(before == null || before.equals(focuses.get(i)))
                        .as("one number is one reminder")
                        .isTrue();
            }
        }
        return told;
    }

    private static List<String> times(KillableServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT t.task -> 'focus' ->> 'reference' || ' ' || (t.task -> 'restriction' -> 'period' ->> 'start')
                        FROM (SELECT v.res_text_vc::jsonb AS task FROM public.hfj_resource r JOIN public.hfj_res_ver v
                            ON v.res_id = r.res_id AND v.res_ver = r.res_ver
                            WHERE r.res_type = 'Task' AND v.res_encoding = 'JSON') t
                        WHERE t.task ->> 'status' = 'requested'""")) {
            List<String> times = new ArrayList<>();
            while (row.next()) {
                times.add(row.getString(1));
            }
            return times;
        }
    }

    /** A reminder a second, each of an order of its own: what is not told at once can be told for a day. */
    private static Bundle plan(Instant begin) {
        List<Resource> records = new ArrayList<>();
        CarePlan plan = new CarePlan();
        plan.setId(Records.id(WHO + "-plan"));
        plan.setStatus(CarePlanStatus.ACTIVE).setIntent(CarePlanIntent.PLAN).setTitle("Plan");
        plan.setSubject(new Reference("Patient/" + PATIENT));
        plan.setAuthor(new Reference("Organization/" + Records.CLINIC));
        plan.addContributor(new Reference("Organization/" + Records.CLINIC));
        plan.getPeriod().setStartElement(new DateTimeType("2026-01-01"));
        for (int i = 0; i < ORDERS; i++) {
            ServiceRequest order = new ServiceRequest();
            order.setId(Records.id(WHO + "-order-" + i));
            order.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.PLAN);
            order.setSubject(new Reference("Patient/" + PATIENT));
            order.setCode(new CodeableConcept(new Coding(Codes.LOINC, "29463-7", "Body weight")));
            Timing timing = new Timing();
            timing.addEvent(Date.from(begin.plusSeconds(i)));
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
