package eu.sinusnode.benchmarks.export;

import eu.sinusnode.benchmarks.export.ExportRequests.Fetched;
import eu.sinusnode.benchmarks.export.ExportRequests.State;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Exports of one server, each from its kick-off to the last byte of its files. */
public final class ExportCost {

    private static final long PAUSE_MILLIS = 50;
    private static final long COLLECTION_MILLIS = 2_000;

    private final ExportRequests requests;
    private final String query;
    private final ProcessHandle server;
    private final Path home;
    private final Consumer<String> out;

    /**
     * @param query of the kick-off, e.g. {@code _type=Observation}
     * @param home state directory of the installation, whose PostgreSQL is looked at
     */
    public ExportCost(ExportRequests requests, String query, ProcessHandle server, Path home, Consumer<String> out) {
        this.requests = requests;
        this.query = query;
        this.server = server;
        this.home = home;
        this.out = out;
    }

    /**
     * One export.
     *
     * @param begun seconds until it said that it had come forward at all, or was complete
     * @param written seconds until it was complete
     * @param fetched seconds until the last byte of its files was here
     * @param serverCpu CPU-ms a resource
     * @param databaseCpu CPU-ms a resource
     */
    public record Round(
            long resources,
            long bytes,
            double begun,
            double written,
            double fetched,
            double serverCpu,
            double databaseCpu) {

        public double writtenPerSecond() {
            return resources / written;
        }

        double fetchedPerSecond() {
            return resources / (fetched - written);
        }

        double perSecond() {
            return resources / fetched;
        }

        public double cpu() {
            return serverCpu + databaseCpu;
        }
    }

    /**
     * @param rounds measured ones, after one to warm up
     * @param least how many resources each has to bring, or nothing was measured
     */
    public List<Round> rounds(String what, int rounds, long least) {
        run(least);
        List<Round> measured = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            measured.add(run(least));
        }
        tell(what, measured);
        return measured;
    }

    /** One export, which nothing has warmed up. */
    public Round once(String what, long least) {
        Round round = run(least);
        tell(what, List.of(round));
        return round;
    }

    private void tell(String what, List<Round> measured) {
        Round one = measured.get(0);
        out.accept(String.format(
                Locale.ROOT, "%s: %d resources, %.1f MB, in each export", what, one.resources(), one.bytes() / 1e6));
        tell("resources/s from kick-off to complete", 0, measured, Round::writtenPerSecond);
        tell("resources/s of the downloads", 0, measured, Round::fetchedPerSecond);
        tell("resources/s from kick-off to the last byte", 0, measured, Round::perSecond);
        tell("seconds from kick-off to the first progress", 2, measured, Round::begun);
        tell("CPU-ms a resource, server", 4, measured, Round::serverCpu);
        tell("CPU-ms a resource, PostgreSQL", 4, measured, Round::databaseCpu);
    }

    /**
     * How much more the server holds while it exports and its files are fetched, in MB; it collects every other second
     * meanwhile. Empty when that was over before the first look.
     */
    public Optional<Double> heapGrowth(long least) {
        HeapAfterCollection heap = new HeapAfterCollection(server);
        double before = heap.megabytes();
        List<Double> meanwhile = Collections.synchronizedList(new ArrayList<>());
        Thread watch = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(COLLECTION_MILLIS);
                    meanwhile.add(heap.megabytes());
                }
            } catch (InterruptedException | CancellationException ended) {
                Thread.currentThread().interrupt();
            }
        });
        watch.start();
        try {
            run(least);
        } finally {
            watch.interrupt();
            join(watch);
        }
        if (meanwhile.isEmpty()) {
            out.accept("  heap after a collection: not seen, the export was too short");
            return Optional.empty();
        }
        double most = Math.max(before, Collections.max(meanwhile));
        out.accept(String.format(
                Locale.ROOT,
                "  heap after a collection: %.0f MB before, at most %.0f MB in %d looks while exporting: %.0f MB more",
                before,
                most,
                meanwhile.size(),
                most - before));
        return Optional.of(most - before);
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return samples(rounds, figure).median();
    }

    private Round run(long least) {
        Duration serverBefore = ProcessCpu.of(server);
        Duration databaseBefore = ProcessCpu.ofPostgres(home);
        long began = System.nanoTime();
        String status = requests.start(query);
        double begun = 0;
        String first = null;
        State state = requests.look(status);
        while (state.files() == null) {
            first = first == null ? state.said() : first;
            if (begun == 0 && !state.said().equals(first)) {
                begun = since(began);
            }
            pause();
            state = requests.look(status);
        }
        double written = since(began);
        long lines = 0;
        long bytes = 0;
        for (String file : state.files()) {
            Fetched fetched = requests.fetch(file);
            lines += fetched.lines();
            bytes += fetched.bytes();
        }
        double fetched = since(began);
        if (lines < least) {
            throw new IllegalStateException("An export of " + lines + " resources lacks some of " + least + ".");
        }
        Round round = new Round(
                lines,
                bytes,
                begun == 0 ? written : begun,
                written,
                fetched,
                ProcessCpu.of(server).minus(serverBefore).toNanos() / 1e6 / lines,
                ProcessCpu.ofPostgres(home).minus(databaseBefore).toNanos() / 1e6 / lines);
        requests.forget(status);
        return round;
    }

    private void tell(String what, int decimals, List<Round> rounds, ToDoubleFunction<Round> figure) {
        out.accept("  " + what + ": " + samples(rounds, figure).describe(decimals));
    }

    private static Samples samples(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Samples.of(
                rounds.stream().map(round -> figure.applyAsDouble(round)).toList());
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while an export was waited for.");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
