package eu.sinusnode.benchmarks.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same reads on the same database through two servers in turn: one that guards and audits, one that does neither. The
 * rounds alternate, so that what else the machine does falls on both.
 */
final class AccessCost {

    private static final String CALLER = "clinic-system";
    private static final int RECORDS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Servers servers;
    private final LoadDriver driver;
    private final Duration round;
    private final int rounds;

    AccessCost(Servers servers, LoadDriver driver, Duration round, int rounds) {
        this.servers = servers;
        this.driver = driver;
        this.round = round;
        this.rounds = rounds;
    }

    /** One server's figures for one workload, a value a round. */
    private record Figures(
            List<Double> perSecond,
            List<Double> p50,
            List<Double> p95,
            List<Double> serverCpu,
            List<Double> databaseCpu) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Target(String name, String base, ProcessHandle process, boolean guarded, Figures figures) {}

    /** @param lines told the report; the last one is a JSON object */
    void run(Consumer<String> lines) {
        lines.accept("Machine: " + Machine.describe());
        lines.accept("Data: " + servers.loaded().patients() + " patients, "
                + servers.loaded().vitals() + " vital readings; caller " + CALLER + ", " + rounds + " rounds of "
                + round.toSeconds() + " s each, in turn, after one to warm up; median (least to greatest)");
        lines.accept("guarded: token, standing, residency, scopes, narrowing, consent, gate, audit;"
                + " open: HAPI's providers on the same storage");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "access");
        double worst = Double.MAX_VALUE;
        for (Workload workload : workloads()) {
            Target guarded = guarded();
            Target open = open();
            measure(List.of(guarded, open), workload);
            double ours = Samples.of(guarded.figures().perSecond()).median();
            double theirs = Samples.of(open.figures().perSecond()).median();
            worst = Math.min(worst, ours / theirs);
            lines.accept(describe(workload, guarded));
            lines.accept(describe(workload, open));
            lines.accept(
                    String.format(Locale.ROOT, "  %s: %.2f of the open server's rate", workload.name(), ours / theirs));
            json.put(
                    workload.name(),
                    Map.of(
                            "ours", rounded(ours),
                            "open", rounded(theirs),
                            "ratio", rounded(ours / theirs),
                            "cpuMsPerItem", cpu(guarded),
                            "openCpuMsPerItem", cpu(open)));
        }
        json.put("ratio", rounded(worst));
        json.put("unit", "requests/s");
        lines.accept(write(json));
    }

    private Target guarded() {
        String base = servers.system().installation().fhirBase();
        return new Target("guarded", base, servers.guarded(), true, new Figures());
    }

    private Target open() {
        return new Target("open", servers.openBase(), servers.open(), false, new Figures());
    }

    private void measure(List<Target> targets, Workload workload) {
        for (int i = 0; i <= rounds; i++) {
            for (Target target : targets) {
                String bearer = target.guarded() ? servers.system().callers().token(CALLER) : "";
                Duration serverBefore = ProcessCpu.of(target.process());
                Duration databaseBefore = database();
                LoadDriver.Outcome outcome = driver.run(workload, target.base(), bearer, round);
                if (i > 0) {
                    add(
                            target.figures(),
                            outcome,
                            ProcessCpu.of(target.process()).minus(serverBefore),
                            database().minus(databaseBefore));
                }
            }
        }
    }

    private Duration database() {
        return ProcessCpu.ofPostgres(servers.system().installation().home().root());
    }

    private static void add(Figures figures, LoadDriver.Outcome outcome, Duration server, Duration database) {
        Samples milliseconds = Samples.of(outcome.milliseconds());
        figures.perSecond().add(outcome.perSecond());
        figures.p50().add(milliseconds.quantile(0.5));
        figures.p95().add(milliseconds.quantile(0.95));
        figures.serverCpu().add(server.toNanos() / 1e6 / outcome.requests());
        figures.databaseCpu().add(database.toNanos() / 1e6 / outcome.requests());
    }

    private static double cpu(Target target) {
        return rounded(Samples.of(target.figures().serverCpu()).median());
    }

    /** What the caller may read, so that both servers give the same answers. */
    private List<Workload> workloads() {
        List<String> byId = new ArrayList<>();
        List<String> newest = new ArrayList<>();
        for (JsonNode patient : entries("Patient?_count=50")) {
            String id = patient.path("id").asText();
            String search = "Observation?patient=" + id + "&code=http://loinc.org%7C8867-4&_sort=-date&_count=20";
            List<JsonNode> found = entries(search);
            if (found.size() == 20) {
                newest.add(search);
                found.stream()
                        .limit(RECORDS / 10)
                        .forEach(each ->
                                byId.add("Observation/" + each.path("id").asText()));
            }
        }
        return List.of(new Workload("read by id", byId), new Workload("newest 20 of a patient and code", newest));
    }

    private List<JsonNode> entries(String search) {
        return servers.system().callers().as(CALLER).get(search).resources();
    }

    private static String describe(Workload workload, Target target) {
        Figures figures = target.figures();
        return String.format(
                Locale.ROOT,
                "  %-32s %-8s %s requests/s, p50 %s ms, p95 %s ms, CPU-ms a request: server %s, PostgreSQL %s",
                workload.name(),
                target.name(),
                Samples.of(figures.perSecond()).describe(0),
                Samples.of(figures.p50()).describe(2),
                Samples.of(figures.p95()).describe(2),
                Samples.of(figures.serverCpu()).describe(2),
                Samples.of(figures.databaseCpu()).describe(2));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
