package eu.sinusnode.benchmarks.page;

import eu.sinusnode.benchmarks.measure.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a figure must come to.
 *
 * @param figure name of a {@link Result}
 * @param part which of its numbers
 * @param what in words, with the unit
 * @param most whether less is better
 * @param must the number that it must not be worse than
 * @param aim the number that it should come to
 */
record Aim(String figure, Part part, String what, boolean most, double must, double aim) {

    /** The numbers of a result. */
    enum Part {
        OURS,
        RATIO,
        CPU
    }

    /** In the order of the page. */
    static final List<Aim> ALL = List.of(
            least("ingest", Part.RATIO, "ingest, Observations/s of stock's", 2, 4),
            most("ingest", Part.CPU, "ingest, CPU-ms an Observation", 0.6, 0.3),
            // Ten million in 30 minutes, and in 15.
            least("import", Part.OURS, "`$import`, vitals/s", 10e6 / 1800, 10e6 / 900),
            least("import.last", Part.RATIO, "`$import`, last tenth's rate of the first's", 0.9, 1),
            most("import.bytes", Part.OURS, "disk, bytes a vital", 3500, 2000),
            most("search", Part.OURS, "newest 20 of everybody, ms p95", 100, 30),
            least("read", Part.RATIO, "record by id, rate of stock's", 0.9, 1.2),
            least("read.newest", Part.RATIO, "newest 20 of a patient and code, rate of stock's", 2, 4),
            most("read.newest.p50", Part.OURS, "newest 20 of a patient and code, ms p50", 5, 2.5),
            most("read.newest.p95", Part.OURS, "newest 20 of a patient and code, ms p95", 15, 7.5),
            most("lastn", Part.OURS, "`$lastn`, ms p95", 5, 2.5),
            most("lastn.stats", Part.OURS, "`$stats`, ms p95", 10, 5),
            most("lastn.trend", Part.OURS, "`$trend`, ms p95", 20, 10),
            most("consent", Part.RATIO, "consent alone, CPU of none", 1.1, 1),
            least("export", Part.OURS, "`$export`, resources/s", 40_000, 100_000),
            most("export.heap", Part.OURS, "`$export`, MB of heap more", 256, 128),
            most("growth", Part.OURS, "growth, p95 of a search of the size before", 1.3, 1),
            most("start", Part.OURS, "start, s to ready", 15, 8),
            most("start.ram", Part.OURS, "RAM idle, MB", 1200, 800),
            most("risk", Part.OURS, "risk of everybody, s", 120, 45),
            most("risk.written", Part.OURS, "risk of everybody with flags, s", 480, 240),
            most("risk.new", Part.OURS, "risk after new readings, s", 20, 10));

    private static Aim most(String figure, Part part, String what, double must, double aim) {
        return new Aim(figure, part, what, true, must, aim);
    }

    private static Aim least(String figure, Part part, String what, double must, double aim) {
        return new Aim(figure, part, what, false, must, aim);
    }

    /** The number that the aim is about, or null when it was not measured. */
    @Nullable
    Double of(Result result) {
        return switch (part) {
            case OURS -> result.ours();
            case RATIO -> result.ratio();
            case CPU -> result.cpuMsPerItem();
        };
    }

    /** 1 where a value just does what it must, more where it does better. */
    double reached(double value) {
        return most ? must / value : value / must;
    }
}
