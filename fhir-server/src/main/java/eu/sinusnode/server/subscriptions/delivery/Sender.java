package eu.sinusnode.server.subscriptions.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends notifications side by side, so that each takes only as long as the slowest of them. */
final class Sender implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "notification");
        thread.setDaemon(true);
        return thread;
    });

    /** @return what became of each, in the same order, once all have answered or were given up */
    List<Sent> send(List<Outgoing> all, Channel channel) {
        if (all.size() == 1) {
            return List.of(channel.send(all.get(0)));
        }
        List<Future<Sent>> answers = all.stream()
                .map(each -> threads.submit(() -> channel.send(each)))
                .toList();
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
