package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.ReadableTokens;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.Test;

/**
 * The server and PostgreSQL are killed while events are told: what was acknowledged as stored is told, and each event has one
 * number for ever, so that who counts numbers knows each event once.
 */
class KilledDeliveryIT {

    private static final int KILLS = Integer.getInteger("sinusnode.kills", 4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Random random = new Random(Long.getLong("sinusnode.kills.seed", 1));

    @Test
    void noEventIsLostOrRenumbered() throws Exception {
        try (KillableServer server = new KillableServer();
                Receiver receiver = new Receiver()) {
            server.start();
            String patient = Records.id("killed-telling");
            server.load(Records.directory());
            server.load(Records.household("killed-telling"));
            String token = token(server, patient);
            Answer created = server.send(server.request("/Subscription", token)
                    .POST(BodyPublishers.ofString(KillableServer.json(asked(receiver))))
                    .build());
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            Receiver.await("the handshake", PATIENCE, () -> !receiver.all().isEmpty());

            Set<String> stored = new ConcurrentSkipListSet<>();
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService writer = Executors.newSingleThreadExecutor();
            Future<?> writing = writer.submit(() -> write(server, patient, stored, over));
            for (int kill = 0; kill < KILLS; kill++) {
                int before = receiver.numbers().size();
                Receiver.await(
                        "more is told", PATIENCE, () -> receiver.numbers().size() > before + 20);
                // While it waits for the answer, or between two answers.
                receiver.answer(random.nextInt(3) == 0 ? 503 : 200);
                Thread.sleep(random.nextInt(400));
                if (kill % 4 == 3) {
                    server.killPostgres();
                    server.startPostgres();
                    server.awaitReady();
                } else {
                    server.killServer();
                    server.startServer();
                }
                receiver.answer(200);
            }
            over.set(true);
            writing.get();
            writer.shutdown();

            Receiver.await("all is told", PATIENCE, () -> told(receiver.events())
                    .values()
                    .containsAll(stored));
            Map<Long, String> told = told(receiver.events());
            assertThat(told.values()).doesNotHaveDuplicates();
            assertThat(told.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, told.size()).boxed().toList());
            System.out.println(KILLS + " kills, " + told.size() + " events told, "
                    + (receiver.numbers().size() - told.size()) + " told again");
        }
    }

    /** By number, the one event that bears it. */
    static Map<Long, String> told(List<Receiver.Received> events) {
        Map<Long, String> told = new HashMap<>();
        for (Receiver.Received each : events) {
            List<String> focuses = each.focuses();
            for (int i = 0; i < focuses.size(); i++) {
                String id = focuses.get(i).substring(focuses.get(i).lastIndexOf('/') + 1);
                String before = told.put(each.numbers().get(i), id);
                assertThat(before == null || before.equals(id))
                        .as("one number is one event")
                        .isTrue();
            }
        }
        return told;
    }

    private static Subscription asked(Receiver receiver) {
        return Subscriptions.idOnly(receiver.url(), "Observation");
    }

    static String token(KillableServer server, String patient) {
        return ReadableTokens.token(
                server.base(), CallerKind.PATIENT, "app", Map.of("patient", patient, "fhirUser", "Patient/" + patient));
    }

    static void write(KillableServer server, String patient, Set<String> stored, AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            Observation vital = Records.heartRate(patient, Records.id("killed-telling-cuff"), "killed-telling-" + i);
            try {
                Answer answer = server.send(server.request("/Observation", Writer.loader(server))
                        .POST(BodyPublishers.ofString(KillableServer.json(vital)))
                        .build());
                if (answer.status() == 201) {
                    stored.add(answer.resource().getIdElement().getIdPart());
                }
                Thread.sleep(5);
            } catch (IOException killed) {
                // The next one is tried when it serves again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
