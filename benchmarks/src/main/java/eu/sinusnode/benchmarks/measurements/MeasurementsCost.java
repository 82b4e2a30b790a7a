package eu.sinusnode.benchmarks.measurements;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.benchmarks.read.PatientWorkloads;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.process.Daemon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests one after the other, as a clinic system that sees every patient of the cohort. The figure of each is its p95;
 * rounds of the three alternate.
 */
final class MeasurementsCost {

    private static final String CALLER = "clinic-system";
    private static final String CHIEF = "lastn";

    private final SinusNodeSystem system;
    private final Duration warmUp;
    private final Duration round;
    private final int rounds;
    private final Consumer<String> out;
    private final LoadDriver driver = new LoadDriver(1);

    MeasurementsCost(SinusNodeSystem system, Duration warmUp, Duration round, int rounds, Consumer<String> out) {
        this.system = system;
        this.warmUp = warmUp;
        this.round = round;
        this.rounds = rounds;
        this.out = out;
    }

    /** @return the p95 of each, that of {@code $lastn} last */
    List<Result> measure() {
        List<Workload> workloads = workloads();
        Map<String, List<Double>> milliseconds = new HashMap<>();
        Map<String, List<Double>> cpu = new HashMap<>();
        for (int i = 0; i <= rounds; i++) {
            String bearer = system.callers().token(CALLER);
            for (Workload workload : workloads) {
                Duration before = cpu();
                LoadDriver.Outcome outcome =
                        driver.run(workload, system.installation().fhirBase(), bearer, i == 0 ? warmUp : round);
                if (i > 0) {
                    milliseconds
                            .computeIfAbsent(workload.name(), first -> new ArrayList<>())
                            .addAll(outcome.milliseconds());
                    cpu.computeIfAbsent(workload.name(), first -> new ArrayList<>())
                            .add(cpu().minus(before).toNanos() / 1e6 / outcome.requests());
                }
            }
        }
        LinkedList<Result> results = new LinkedList<>();
        out.accept("one request after the other, " + rounds + " rounds of " + round.toSeconds() + " s each; ms");
        for (Workload workload : workloads) {
            Samples taken = Samples.of(milliseconds.getOrDefault(workload.name(), List.of()));
            double each =
                    Samples.of(cpu.getOrDefault(workload.name(), List.of())).median();
            out.accept(String.format(
                    Locale.ROOT,
                    "  %-8s p50 %.2f, p95 %.2f, least %.2f; %.2f CPU-ms each, server and database; %d requests",
                    workload.name(),
                    taken.median(),
                    taken.quantile(0.95),
                    taken.least(),
                    each,
                    taken.sorted().length));
            // HAPI has $lastn with Elasticsearch alone, and no statistics.
            String figure = workload.name().equals(CHIEF) ? CHIEF : CHIEF + "." + workload.name();
            results.addFirst(Result.alone(figure, taken.quantile(0.95), "ms p95", each));
        }
        return results;
    }

    private Duration cpu() {
        ProcessHandle server = new Daemon("server", system.installation().home())
                .running()
                .orElseThrow()
                .process();
        return ProcessCpu.of(server)
                .plus(ProcessCpu.ofPostgres(system.installation().home().root()));
    }

    private List<Workload> workloads() {
        List<String> patients = system.callers().as(CALLER).get("Patient?_count=50").resources().stream()
                .map(patient -> patient.path("id").asText())
                .toList();
        return List.of(
                PatientWorkloads.lastN(patients), PatientWorkloads.stats(patients), PatientWorkloads.trend(patients));
    }
}
