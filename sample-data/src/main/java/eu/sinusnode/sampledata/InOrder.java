package eu.sinusnode.sampledata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does numbered pieces of work on several threads and takes their results in the order of the numbers. Only a few pieces
 * are ahead of the one that is taken, so that memory does not grow with their count.
 */
final class InOrder {

    private static final int AHEAD_A_THREAD = 4;

    /** One piece of work; called from several threads at once. */
    @FunctionalInterface
    interface Work<T> {
        T piece(int number) throws IOException;
    }

    /** Takes the results; called from one thread. */
    @FunctionalInterface
    interface Taker<T> {
        void take(T result) throws IOException;
    }

    private InOrder() {}

    /**
     * Does the pieces 0, 1, … up to {@code count}, not included.
     *
     * @throws IOException what a piece or the taker throws, or that waiting was interrupted; no piece runs any more then
     */
    static <T> void run(int threads, int count, Work<T> work, Taker<T> taker) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Queue<Future<T>> ahead = new ArrayDeque<>();
            int next = 0;
            while (next < count || !ahead.isEmpty()) {
                while (next < count && ahead.size() < AHEAD_A_THREAD * threads) {
                    int number = next++;
                    ahead.add(pool.submit(() -> work.piece(number)));
                }
                taker.take(result(ahead.remove()));
            }
        } finally {
            end(pool);
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Pieces that have begun are waited for: they write files, and nobody else may touch those meanwhile. */
    private static void end(ExecutorService pool) throws IOException {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("A patient's files took more than a minute to write");
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while a cohort was generated");
    }
}
