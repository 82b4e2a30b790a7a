package eu.sinusnode.analysis.work;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Does something with each of many items on a number of threads, each thread one item at a time.
 *
 * @param threads at least 1
 */
public record Workers(int threads) {

    public Workers {
        if (threads < 1) {
            throw new IllegalArgumentException("At least one thread is needed");
        }
    }

    /**
     * Returns when no thread is at work any more.
     *
     * @throws RuntimeException the first failure; items that had not begun by then were left out
     */
    public <A> void forEach(Collection<A> items, Consumer<A> action) {
        Queue<A> waiting = new ConcurrentLinkedQueue<>(items);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> running = IntStream.range(0, Math.min(threads, items.size()))
                .mapToObj(number -> new Thread(() -> work(waiting, action, failures), "risk-worker-" + number))
                .toList();
        running.forEach(thread -> thread.setDaemon(true));
        running.forEach(Thread::start);
        join(running);
        Throwable first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            throwAsIs(first);
        }
    }

    private static void throwAsIs(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static <A> void work(Queue<A> waiting, Consumer<A> action, Queue<Throwable> failures) {
        for (A item = waiting.poll(); item != null && failures.isEmpty(); item = waiting.poll()) {
            try {
                action.accept(item);
            } catch (RuntimeException | Error thrown) {
                failures.add(thrown);
            }
        }
    }

    /** An interruption is passed on to the workers, and they are waited for all the same. */
    private static void join(List<Thread> running) {
        boolean interrupted = false;
        List<Thread> left = new ArrayList<>(running);
        while (!left.isEmpty()) {
            try {
                left.get(0).join();
                left.remove(0);
            } catch (InterruptedException e) {
                interrupted = true;
                left.forEach(Thread::interrupt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
