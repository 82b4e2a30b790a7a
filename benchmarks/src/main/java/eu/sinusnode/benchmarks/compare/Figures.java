package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.measure.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One server's figures for one workload, a value a round.
 *
 * @param perSecond items a second
 * @param p50 milliseconds of a request
 * @param p95 milliseconds of a request
 * @param serverCpu CPU-ms an item
 * @param databaseCpu CPU-ms an item
 */
public record Figures(
        List<Double> perSecond, List<Double> p50, List<Double> p95, List<Double> serverCpu, List<Double> databaseCpu) {

    Figures() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(LoadDriver.Outcome outcome, int itemsARequest, Duration server, Duration database) {
        Samples milliseconds = Samples.of(outcome.milliseconds());
        double items = (double) outcome.requests() * itemsARequest;
        perSecond.add(outcome.perSecond() * itemsARequest);
        p50.add(milliseconds.quantile(0.5));
        p95.add(milliseconds.quantile(0.95));
        serverCpu.add(server.toNanos() / 1e6 / items);
        databaseCpu.add(database.toNanos() / 1e6 / items);
    }

    public double medianPerSecond() {
        return Samples.of(perSecond).median();
    }

    /** Milliseconds. */
    public double medianP50() {
        return Samples.of(p50).median();
    }

    /** Milliseconds. */
    public double medianP95() {
        return Samples.of(p95).median();
    }

    /** CPU-ms an item, server and database together. */
    public double medianCpu() {
        return Samples.of(serverCpu).median() + Samples.of(databaseCpu).median();
    }

    /**
     * CPU an item of the others', round by round: what the machine does slower for minutes it does slower for both of a
     * pair, so that the median of these ratios tells less of it than the ratio of the medians.
     */
    Samples cpuOf(Figures others) {
        return Samples.of(IntStream.range(0, serverCpu.size())
                .mapToObj(i -> cpu(i) / others.cpu(i))
                .toList());
    }

    private double cpu(int round) {
        return serverCpu.get(round) + databaseCpu.get(round);
    }

    String describe(String unit) {
        return String.format(
                Locale.ROOT,
                "%s %s/s, request p50 %s ms, p95 %s ms, CPU-ms each: server %s, PostgreSQL %s",
                Samples.of(perSecond).describe(0),
                unit,
                Samples.of(p50).describe(2),
                Samples.of(p95).describe(2),
                Samples.of(serverCpu).describe(3),
                Samples.of(databaseCpu).describe(3));
    }
}
