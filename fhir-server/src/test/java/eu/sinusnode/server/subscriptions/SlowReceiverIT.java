package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.Subscriptions.PATIENCE;
import static eu.sinusnode.server.subscriptions.Subscriptions.active;
import static eu.sinusnode.server.subscriptions.Subscriptions.idOnly;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many Subscriptions whose endpoint takes long to answer do not hold up those whose endpoint answers at once. */
class SlowReceiverIT extends RunningServer {

    private static final int SLOW_ONES = 40;
    private static final int EVENTS = 6;

    /** Less than the time-out of a call out: it is never given up. */
    private static final Duration SLOWNESS = Duration.ofSeconds(3);

    private final Receiver slow = new Receiver();
    private final Receiver fast = new Receiver();

    @AfterEach
    void close() {
        slow.pause(Duration.ZERO);
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        slow.close();
        fast.close();
    }

    @Test
    void whoAnswersAtOnceIsToldAtOnceAndInOrder() throws InterruptedException {
        ExportWorld world = new ExportWorld("slow-receiver");
        String patient = world.patient("anna");
        String filter = "Observation?patient=" + patient;
        for (int i = 0; i < SLOW_ONES; i++) {
            Answer created = post("/Subscription", world.clinicToken(), idOnly(slow.url(), filter));
            assertThat(created.status()).as(created.body()).isEqualTo(201);
        }
        active(world.clinicToken(), idOnly(fast.url(), filter));
        Receiver.await("handshakes", PATIENCE, () -> slow.all().size() >= SLOW_ONES);
        slow.pause(SLOWNESS);

        // The first event teaches who is slow.
        write(world, "first");
        Thread.sleep(SLOWNESS.plusSeconds(1).toMillis());
        for (int event = 2; event <= EVENTS; event++) {
            long written = System.nanoTime();
            write(world, "event-" + event);
            long number = event;
            Receiver.await("event " + event, SLOWNESS.minusSeconds(1), () -> fast.numbers()
                    .contains(number));
            assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(SLOWNESS);
        }
        assertThat(fast.numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, EVENTS).boxed().toList());

        slow.pause(Duration.ZERO);
        Receiver.await(
                "the slow ones too", Duration.ofMinutes(2), () -> slow.numbers().size() >= SLOW_ONES * EVENTS);
        assertThat(slow.numbers()).as("nothing twice").hasSize(SLOW_ONES * EVENTS);
    }

    private static void write(ExportWorld world, String identifier) {
        Answer written = post(
                "/Observation",
                world.clinicToken(),
                Records.heartRate(world.id("anna"), world.id("anna-cuff"), "slow-receiver-" + identifier));
        assertThat(written.status()).as(written.body()).isEqualTo(201);
    }
}
