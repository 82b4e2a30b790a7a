package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The same requests through two servers on one database server in turn: one that guards and audits, one that does neither. The
 * rounds alternate, so that what else the machine does falls on both.
 */
public final class Comparison {

    /** A token that ends within a round would end the round. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Servers servers;
    private final String caller;
    private final LoadDriver driver;
    private final Duration warmUp;
    private final Duration round;
    private final int rounds;
    private final Consumer<String> lines;

    /**
     * @param caller whose token the guarded server gets
     * @param warmUp how long each server works before it is measured; a new one compiles its code first
     * @param rounds measured ones
     * @param lines told the report
     */
    public Comparison(
            Servers servers,
            String caller,
            LoadDriver driver,
            Duration warmUp,
            Duration round,
            int rounds,
            Consumer<String> lines) {
        this.servers = servers;
        this.caller = caller;
        this.driver = driver;
        this.warmUp = warmUp;
        this.round = round;
        this.rounds = rounds;
        this.lines = lines;
    }

    /**
     * What both of them showed.
     *
     * @param against what ours is compared with, in a word
     */
    public record Compared(String against, Figures guarded, Figures rival) {

        /** Ours of theirs, in items a second. */
        public double ratio() {
            return guarded.medianPerSecond() / rival.medianPerSecond();
        }

        /** Ours of theirs, in CPU an item, a value a pair of rounds that followed each other. */
        public Samples cpuRatios() {
            return guarded.cpuOf(rival);
        }

        /** Ours in items a second, beside the rival's. */
        public Result rate(String name, String unit) {
            return of(name, guarded.medianPerSecond(), rival.medianPerSecond(), unit);
        }

        /** Milliseconds within which 95 of 100 requests were answered, beside the rival's. */
        public Result p95(String name) {
            return of(name, guarded.medianP95(), rival.medianP95(), "ms p95");
        }

        /** Milliseconds within which half of the requests were answered, beside the rival's. */
        public Result p50(String name) {
            return of(name, guarded.medianP50(), rival.medianP50(), "ms p50");
        }

        private Result of(String name, double ours, double theirs, String unit) {
            return against.equals(Rival.STOCK.word())
                    ? Result.besideStock(name, ours, theirs, unit, guarded.medianCpu())
                    : Result.beside(name, ours, theirs, unit + ", ratio to the " + against, guarded.medianCpu());
        }
    }

    /** Machine, data and method, before the first workload. */
    public void introduce() {
        lines.accept("Machine: " + Machine.describe());
        lines.accept("Data: " + servers.loaded().patients() + " patients, "
                + servers.loaded().vitals() + " vital readings; caller " + caller + ", " + rounds + " rounds of "
                + round.toSeconds() + " s each, in turn, after " + warmUp.toSeconds()
                + " s to warm up; median (least to greatest)");
        lines.accept("guarded: token, standing, residency, scopes, narrowing, consent, validation, gate, audit; "
                + servers.rival().word() + ": " + servers.rival().description());
    }

    /** One more line of the report. */
    public void tell(String line) {
        lines.accept(line);
    }

    /**
     * @param unit what an item is called
     * @param itemsARequest how many items one request carries
     */
    public Compared of(Workload workload, String unit, int itemsARequest) {
        return inTurn(
                workload,
                unit,
                itemsARequest,
                guardedAs("guarded", caller),
                new Side(servers.rival().word(), servers.rivalBase(), time -> "", servers.rivalProcess()));
    }

    /**
     * The same requests of two callers to the guarded server.
     *
     * @param other whose token comes in turn with that of the caller
     * @param word what the other is called in the report
     */
    public Compared ofCallers(Workload workload, String unit, String word, String other) {
        return inTurn(workload, unit, 1, guardedAs(caller, caller), guardedAs(word, other));
    }

    /**
     * One of two that are measured in turn.
     *
     * @param bearer gives a token that is good for as long
     */
    private record Side(String word, String base, Function<Duration, String> bearer, ProcessHandle server) {}

    private Side guardedAs(String word, String name) {
        return new Side(
                word,
                servers.system().installation().fhirBase(),
                time -> servers.system().callers().token(name, time.plus(MARGIN)),
                servers.guarded());
    }

    private Compared inTurn(Workload workload, String unit, int itemsARequest, Side ours, Side theirs) {
        Figures ourFigures = new Figures();
        Figures theirFigures = new Figures();
        for (int i = 0; i <= rounds; i++) {
            Duration time = i == 0 ? warmUp : round;
            Runnable measureOurs = measured(ours, workload, time, itemsARequest, i == 0 ? new Figures() : ourFigures);
            Runnable measureTheirs =
                    measured(theirs, workload, time, itemsARequest, i == 0 ? new Figures() : theirFigures);
            // A server that still compiles its code gets faster from round to round: who goes second has more of that.
            (i % 2 == 0 ? measureOurs : measureTheirs).run();
            (i % 2 == 0 ? measureTheirs : measureOurs).run();
        }
        Compared result = new Compared(theirs.word(), ourFigures, theirFigures);
        lines.accept(workload.name());
        lines.accept(String.format(Locale.ROOT, "  %-14s ", ours.word()) + ourFigures.describe(unit));
        lines.accept(String.format(Locale.ROOT, "  %-14s ", theirs.word()) + theirFigures.describe(unit));
        lines.accept(String.format(
                Locale.ROOT,
                "  %s: %.2f of the rate of %s; of its CPU an item %s",
                ours.word(),
                result.ratio(),
                theirs.word(),
                result.cpuRatios().describe(2)));
        return result;
    }

    private Runnable measured(Side side, Workload workload, Duration time, int itemsARequest, Figures figures) {
        return () -> measure(side, workload, time, itemsARequest, figures);
    }

    private void measure(Side side, Workload workload, Duration time, int itemsARequest, Figures figures) {
        String bearer = side.bearer().apply(time);
        Duration serverBefore = ProcessCpu.of(side.server());
        Duration databaseBefore = database();
        LoadDriver.Outcome outcome = driver.run(workload, side.base(), bearer, time);
        figures.add(
                outcome,
                itemsARequest,
                ProcessCpu.of(side.server()).minus(serverBefore),
                database().minus(databaseBefore));
    }

    private Duration database() {
        return ProcessCpu.ofPostgres(servers.system().installation().home().root());
    }
}
