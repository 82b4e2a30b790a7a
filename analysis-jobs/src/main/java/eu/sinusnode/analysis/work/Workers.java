package eu.sinusnode.analysis.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Applies a function to a list on a fixed number of threads and keeps the order. */
public final class Workers implements AutoCloseable {

    private final ExecutorService threads;

    public Workers(int count) {
        this.threads = Executors.newFixedThreadPool(count, action -> {
            Thread thread = new Thread(action, "risk-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws RuntimeException the first failure; the items that have not begun are left out then */
    public <A, B> List<B> map(List<A> items, Function<A, B> function) {
        List<Future<B>> futures = new ArrayList<>();
        items.forEach(item -> futures.add(threads.submit(() -> function.apply(item))));
        try {
            List<B> results = new ArrayList<>();
            for (Future<B> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("A worker failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while workers ran", e);
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
