package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.SocketClient;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;

/**
 * The server is killed while it tells on a websocket; the client binds anew, and what was acknowledged as stored comes, each
 * event under one number.
 */
class KilledSocketIT {

    private static final int KILLS = Integer.getInteger("sinusnode.kills", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void noEventIsLostOrRenumbered() throws Exception {
        List<Receiver.Received> events = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (KillableServer server = new KillableServer()) {
            server.start();
            String patient = Records.id("killed-telling");
            server.load(Records.directory());
            server.load(Records.household("killed-telling"));
            Answer created = server.send(server.request("/Subscription", KilledDeliveryIT.token(server, patient))
                    .POST(BodyPublishers.ofString(KillableServer.json(Subscriptions.idOnly("Observation"))))
                    .build());
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            String id = created.resource().getIdElement().getIdPart();
            try (SocketClient first = bound(server, patient, id)) {
                // Told is what is stored once the Subscription is active.
                first.awaitHandshake();
            }
            Set<String> stored = new ConcurrentSkipListSet<>();
            Future<?> writing = writer.submit(() -> KilledDeliveryIT.write(server, patient, stored, over));
            for (int kill = 0; kill < KILLS; kill++) {
                try (SocketClient client = bound(server, patient, id)) {
                    Receiver.await(
                            "more is told", PATIENCE, () -> client.numbers().size() > 20);
                    server.killServer();
                    events.addAll(client.events());
                }
                server.startServer();
            }
            over.set(true);
            writing.get();
            tellAll(server, patient, id, stored, events);
            Map<Long, String> told = KilledDeliveryIT.told(events);
            assertThat(told.values()).doesNotHaveDuplicates();
            assertThat(told.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, told.size()).boxed().toList());
        } finally {
            over.set(true);
            writer.shutdownNow();
        }
    }

    /** A client on a busy machine may be found too slow, and comes again, as any client has to. */
    private static void tellAll(
            KillableServer server, String patient, String id, Set<String> stored, List<Receiver.Received> events)
            throws Exception {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        Set<String> missing = new HashSet<>(stored);
        List<Integer> closed = new ArrayList<>();
        while (!missing.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("%d of %d are not told, sockets were closed with %s", missing.size(), stored.size(), closed)
                    .isLessThan(latest);
            try (SocketClient client = bound(server, patient, id)) {
                Receiver.await("told or closed", PATIENCE, () -> {
                    List<Receiver.Received> all = new ArrayList<>(events);
                    all.addAll(client.events());
                    missing.removeAll(KilledDeliveryIT.told(all).values());
                    return missing.isEmpty() || client.closed() != 0 || System.nanoTime() > latest;
                });
                closed.add(client.closed());
                events.addAll(client.events());
            }
        }
    }

    private static SocketClient bound(KillableServer server, String patient, String id) throws Exception {
        Answer answer = server.send(server.request(
                        "/Subscription/" + id + "/$get-ws-binding-token", KilledDeliveryIT.token(server, patient))
                .GET()
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String token = ((Parameters) answer.resource())
                .getParameter("token")
                .getValue()
                .primitiveValue();
        return SocketClient.at(server.base().replace("/fhir", "")).bind(token);
    }
}
