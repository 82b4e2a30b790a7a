package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.testing.Entries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long {@code record} takes, with the flusher at work: {@code JournalBenchmark [folder]}. Each thread records, then
 * pauses a millisecond as a request would; the last line is as fast as it goes. Not a test.
 */
final class JournalBenchmark {

    private static final int WARM_UP = 5_000;

    private JournalBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("journal-benchmark");
        System.out.println("threads  entries  p50 us  p99 us  p99.9 us  max us  over 1 ms  entries/s");
        for (int threads : new int[] {1, 8, 32}) {
            run(folder.resolve("paced-" + threads), threads, 40_000, true);
        }
        run(folder.resolve("flat-out"), 8, 200_000, false);
    }

    private static void run(Path folder, int threads, int entries, boolean paced) throws Exception {
        Journal journal = Journal.open(folder, new FixedKeys());
        JournalSink sink = new JournalSink(journal, new SimpleMeterRegistry());
        long[] nanos = new long[entries];
        try (JournalFlusher flusher = new JournalFlusher(journal, Duration.ofMillis(10)).start()) {
            for (int i = 0; i < WARM_UP; i++) {
                sink.record(Entries.granted(UUID.randomUUID().toString()).build());
            }
            AtomicInteger next = new AtomicInteger();
            long start = System.nanoTime();
            Thread[] workers = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                workers[t] = new Thread(() -> {
                    for (int i = next.getAndIncrement(); i < entries; i = next.getAndIncrement()) {
                        var entry =
                                Entries.granted(UUID.randomUUID().toString()).build();
                        long before = System.nanoTime();
                        sink.record(entry);
                        nanos[i] = System.nanoTime() - before;
                        pause(paced);
                    }
                });
                workers[t].start();
            }
            for (Thread worker : workers) {
                worker.join();
            }
            print(threads, nanos, System.nanoTime() - start);
        }
        journal.close();
    }

    private static void pause(boolean paced) {
        if (paced) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void print(int threads, long[] nanos, long all) {
        Arrays.sort(nanos);
        long over = Arrays.stream(nanos).filter(n -> n > 1_000_000).count();
        System.out.printf(
                "%7d %8d %7.0f %7.0f %9.0f %7.0f %10d %10.0f%n",
                threads,
                nanos.length,
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 0.999),
                nanos[nanos.length - 1] / 1000.0,
                over,
                nanos.length * 1e9 / all);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))] / 1000.0;
    }
}
