package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same requests through two servers on one database server in turn: one that guards and audits, one that does neither. The
 * rounds alternate, so that what else the machine does falls on both.
 */
public final class Comparison {

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

    /** What both servers showed. */
    public record Result(Rival against, Figures guarded, Figures rival) {

        /** Ours of theirs, in items a second. */
        public double ratio() {
            return guarded.medianPerSecond() / rival.medianPerSecond();
        }

        /** Ours of theirs, in CPU an item; it depends less on what else the machine does. */
        public double cpuRatio() {
            return guarded.medianCpu() / rival.medianCpu();
        }

        /** For the line that programs read. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ours", rounded(guarded.medianPerSecond()));
            json.put(against.word(), rounded(rival.medianPerSecond()));
            json.put("ratio", rounded(ratio()));
            json.put("cpuMsPerItem", rounded(guarded.medianCpu()));
            json.put(against.word() + "CpuMsPerItem", rounded(rival.medianCpu()));
            json.put("cpuRatio", rounded(cpuRatio()));
            return json;
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
    public Result of(Workload workload, String unit, int itemsARequest) {
        Figures guarded = new Figures();
        Figures open = new Figures();
        for (int i = 0; i <= rounds; i++) {
            Duration time = i == 0 ? warmUp : round;
            Figures ours = i == 0 ? new Figures() : guarded;
            Figures theirs = i == 0 ? new Figures() : open;
            String bearer = servers.system().callers().token(caller);
            measure(
                    servers.system().installation().fhirBase(),
                    bearer,
                    servers.guarded(),
                    workload,
                    time,
                    itemsARequest,
                    ours);
            measure(servers.rivalBase(), "", servers.rivalProcess(), workload, time, itemsARequest, theirs);
        }
        Result result = new Result(servers.rival(), guarded, open);
        lines.accept(workload.name());
        lines.accept("  guarded  " + guarded.describe(unit));
        lines.accept(String.format(Locale.ROOT, "  %-8s ", servers.rival().word()) + open.describe(unit));
        lines.accept(String.format(
                Locale.ROOT,
                "  guarded: %.2f of the %s server's rate, %.2f of its CPU an item",
                result.ratio(),
                servers.rival().word(),
                result.cpuRatio()));
        return result;
    }

    private void measure(
            String base,
            String bearer,
            ProcessHandle server,
            Workload workload,
            Duration time,
            int itemsARequest,
            Figures figures) {
        Duration serverBefore = ProcessCpu.of(server);
        Duration databaseBefore = database();
        LoadDriver.Outcome outcome = driver.run(workload, base, bearer, time);
        figures.add(
                outcome,
                itemsARequest,
                ProcessCpu.of(server).minus(serverBefore),
                database().minus(databaseBefore));
    }

    private Duration database() {
        return ProcessCpu.ofPostgres(servers.system().installation().home().root());
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** The workloads' results with the least favourable ratio, as one line of JSON. */
    public static Map<String, Object> summary(String name, String unit, Map<String, Result> results) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        results.forEach((workload, result) -> json.put(workload, result.json()));
        List<Result> all = List.copyOf(results.values());
        json.put("ratio", rounded(all.stream().mapToDouble(Result::ratio).min().orElseThrow()));
        json.put(
                "cpuRatio",
                rounded(all.stream().mapToDouble(Result::cpuRatio).max().orElseThrow()));
        json.put("unit", unit);
        return json;
    }
}
