package eu.sinusnode.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.benchmarks.read.PatientWorkloads;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.process.Daemon;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is read of the data at one size, by HTTP with everything on, in rounds one kind after the other. */
final class StageReads {

    private static final int ASKED = 2_000;
    private static final int FOUND = 200;
    private static final int READERS = 4;
    private static final List<Integer> SHARES = List.of(1, 30, 70);
    private static final String NEWEST_OF_ALL = "Observation?code=http://loinc.org%7C8867-4&_sort=-date&_count=20";

    private final SinusNodeSystem system;
    private final GrowingCohort cohort;
    private final Duration warmUp;
    private final Duration round;
    private final int rounds;
    private final Consumer<String> out;

    StageReads(
            SinusNodeSystem system,
            GrowingCohort cohort,
            Duration warmUp,
            Duration round,
            int rounds,
            Consumer<String> out) {
        this.system = system;
        this.cohort = cohort;
        this.warmUp = warmUp;
        this.round = round;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Figures of one kind of request.
     *
     * @param milliseconds of all requests of all rounds
     * @param cpu CPU-ms a request, server and database
     */
    private record Taken(Samples milliseconds, Samples perSecond, Samples cpu) {

        Result p50(String name) {
            return Result.alone(name, milliseconds.median(), "ms p50", cpu.median());
        }

        Result p95(String name) {
            return Result.alone(name, milliseconds.quantile(0.95), "ms p95", cpu.median());
        }

        Result rate(String name) {
            return Result.alone(name, perSecond.median(), "requests/s", cpu.median());
        }
    }

    /**
     * @param stage what the names of the figures begin with
     * @return the p95 of the newest of a patient last
     */
    List<Result> measure(String stage) throws SQLException {
        List<String> patients = cohort.some(ASKED);
        List<Result> results = new ArrayList<>();
        String clinic = DemoRegistrations.CLINIC_SYSTEM;
        results.add(taken(PatientWorkloads.lastN(patients), clinic, 1).p95(stage + ".lastn"));
        results.add(taken(PatientWorkloads.stats(patients), clinic, 1).p95(stage + ".stats"));
        results.add(taken(PatientWorkloads.trend(patients), clinic, 1).p95(stage + ".trend"));
        results.add(taken(byId(patients), clinic, READERS).rate(stage + ".read"));
        for (int share : SHARES) {
            long permitting = cohort.permit(share);
            String name = "newest 20 heart rates of everybody, permitted by " + permitting;
            results.add(taken(Workload.reads(name, List.of(NEWEST_OF_ALL)), DemoRegistrations.INSURER, 1)
                    .p95(stage + ".newest." + share));
        }
        Taken newest = taken(PatientWorkloads.newest(patients), clinic, 1);
        results.add(newest.p50(stage + ".search.p50"));
        results.add(newest.p95(stage + ".search"));
        return results;
    }

    private Workload byId(List<String> patients) {
        List<String> paths = new ArrayList<>();
        for (String patient : patients.subList(0, Math.min(FOUND, patients.size()))) {
            for (JsonNode found : system.callers()
                    .as(DemoRegistrations.CLINIC_SYSTEM)
                    .get(PatientWorkloads.newestOf(patient))
                    .resources()) {
                paths.add("Observation/" + found.path("id").asText());
            }
        }
        return Workload.reads("an Observation by id, " + READERS + " connections", paths);
    }

    private Taken taken(Workload workload, String caller, int connections) {
        LoadDriver driver = new LoadDriver(connections);
        List<Double> milliseconds = new ArrayList<>();
        List<Double> perSecond = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i <= rounds; i++) {
            String bearer = system.callers().token(caller);
            Duration before = cpu();
            LoadDriver.Outcome outcome =
                    driver.run(workload, system.installation().fhirBase(), bearer, i == 0 ? warmUp : round);
            if (i > 0) {
                milliseconds.addAll(outcome.milliseconds());
                perSecond.add(outcome.perSecond());
                cpu.add(cpu().minus(before).toNanos() / 1e6 / outcome.requests());
            }
        }
        Taken taken = new Taken(Samples.of(milliseconds), Samples.of(perSecond), Samples.of(cpu));
        out.accept(String.format(
                Locale.ROOT,
                "  %s: p50 %.2f, p95 %.2f, least %.2f ms; %s/s; CPU-ms each %s; %d requests",
                workload.name(),
                taken.milliseconds().median(),
                taken.milliseconds().quantile(0.95),
                taken.milliseconds().least(),
                taken.perSecond().describe(0),
                taken.cpu().describe(2),
                milliseconds.size()));
        return taken;
    }

    private Duration cpu() {
        ProcessHandle server = new Daemon("server", system.installation().home())
                .running()
                .orElseThrow()
                .process();
        return ProcessCpu.of(server)
                .plus(ProcessCpu.ofPostgres(system.installation().home().root()));
    }
}
