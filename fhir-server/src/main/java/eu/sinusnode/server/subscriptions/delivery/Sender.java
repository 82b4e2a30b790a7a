package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.server.outbound.NotSentException;
import eu.sinusnode.server.outbound.OutboundException;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.subscriptions.Notifications;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sends notifications side by side, so that each takes only as long as the slowest of them. */
final class Sender implements AutoCloseable {

    private final OutboundHttp http;
    private final Notifications notifications;
    private final SlowEndpoints slow;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "notification");
        thread.setDaemon(true);
        return thread;
    });

    Sender(OutboundHttp http, Notifications notifications, SlowEndpoints slow) {
        this.http = http;
        this.notifications = notifications;
        this.slow = slow;
    }

    enum Outcome {
        TAKEN,
        PERHAPS,
        NOT_AT_ALL
    }

    /** @param problem a sentence without content of any record; null when it was taken */
    record Sent(
            Outgoing notification,
            Outcome outcome,
            @Nullable String problem) {}

    /** @return what became of each, in the same order, once all have answered or were given up */
    List<Sent> send(List<Outgoing> all) {
        if (all.size() == 1) {
            return List.of(send(all.get(0)));
        }
        List<Future<Sent>> answers =
                all.stream().map(each -> threads.submit(() -> send(each))).toList();
        List<Sent> sent = new ArrayList<>();
        for (Future<Sent> answer : answers) {
            try {
                sent.add(answer.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The server ends.");
            }
        }
        return sent;
    }

    private Sent send(Outgoing notification) {
        Due due = notification.due();
        URI endpoint = due.subscription().order().endpoint();
        long began = System.nanoTime();
        try {
            OutboundHttp.Answer answer = http.post(
                    endpoint,
                    due.headers(),
                    "application/fhir+json",
                    notifications.body(
                            due.subscription(), notification.kind(), notification.last(), notification.told()));
            return answer.status() >= 200 && answer.status() < 300
                    ? new Sent(notification, Outcome.TAKEN, null)
                    : new Sent(notification, Outcome.PERHAPS, "The endpoint answered " + answer.status() + ".");
        } catch (NotSentException e) {
            return new Sent(notification, Outcome.NOT_AT_ALL, "The endpoint cannot be reached.");
        } catch (OutboundException e) {
            return new Sent(notification, Outcome.PERHAPS, "The endpoint did not answer in time, or not in HTTP.");
        } finally {
            slow.took(endpoint, System.nanoTime() - began);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
