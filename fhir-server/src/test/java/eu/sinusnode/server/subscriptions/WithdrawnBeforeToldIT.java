package eu.sinusnode.server.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.SecondNode;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two servers deliver out of one outbox, while the patient withdraws and permits at either of them: nothing reaches the
 * receiver after a withdrawal was acknowledged, and no number is told twice for another event.
 *
 * <p>{@code -Dsinusnode.withdrawals=400} tries more often.
 */
class WithdrawnBeforeToldIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.withdrawals", 60);
    private static final List<String> NODES = List.of(ORIGIN, SecondNode.ORIGIN);

    private final Receiver receiver = new Receiver();
    private final Random random = new Random(7);

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    @Test
    void nothingIsToldAfterAnAcknowledgedWithdrawal() throws Exception {
        ExportWorld world = new ExportWorld("told-withdrawn");
        String patient = world.patient("anna");
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        int toldBetween = 0;
        try (ConfigurableApplicationContext second = SecondNode.start()) {
            assertThat(second.isRunning()).isTrue();
            Subscriptions.active(
                    world.clinicToken(), Subscriptions.idOnly(receiver.url(), "Observation?patient=" + patient));
            List<Future<Integer>> written = NODES.stream()
                    .map(node -> writers.submit(() -> write(world, node, over)))
                    .toList();
            for (int i = 0; i < TRIES; i++) {
                Thread.sleep(random.nextInt(150));
                int before = receiver.all().size();
                say(world, NODES.get(i % 2), ConsentState.INACTIVE);
                long acknowledged = System.nanoTime();
                Thread.sleep(150 + random.nextInt(150));
                assertThat(receiver.all()).as("after withdrawal " + i).noneMatch(each -> each.nanos() > acknowledged);
                say(world, NODES.get((i + 1) % 2), ConsentState.ACTIVE);
                long permitted = System.nanoTime();
                Receiver.await("told again", Subscriptions.PATIENCE, () -> last().nanos() > permitted);
                toldBetween += receiver.all().size() - before;
            }
            over.set(true);
            for (Future<Integer> each : written) {
                assertThat(each.get()).isPositive();
            }
        } finally {
            over.set(true);
            writers.shutdownNow();
        }
        assertThat(toldBetween)
                .as("there was something to tell around each withdrawal")
                .isGreaterThan(TRIES);
        List<String> told = receiver.events().stream()
                .flatMap(each -> each.focuses().stream())
                .toList();
        System.out.println(TRIES + " withdrawals, " + told.size() + " events told");
    }

    private Receiver.Received last() {
        List<Receiver.Received> all = receiver.all();
        return all.get(all.size() - 1);
    }

    private static int write(ExportWorld world, String node, AtomicBoolean over) {
        int count = 0;
        while (!over.get()) {
            Observation vital =
                    Records.heartRate(world.id("anna"), world.id("anna-cuff"), "race-" + node.hashCode() + "-" + count);
            Answer written = post(node + "/fhir/Observation", TOKENS.patient(world.id("anna")), vital);
            assertThat(written.status()).as(written.body()).isEqualTo(201);
            count++;
        }
        return count;
    }

    private static void say(ExportWorld world, String node, ConsentState state) {
        String path = node + "/fhir/Consent/" + world.id("anna-consent");
        String token = TOKENS.patient(world.id("anna"));
        Consent consent = (Consent) get(path, token).resource();
        Answer answer = put(path, token, consent.setStatus(state));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
