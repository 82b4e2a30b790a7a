package eu.sinusnode.benchmarks.risk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.process.Daemon;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Runs of the job, one after the other, each timed from the start of its process to the end of it. */
final class RiskCost {

    private final SinusNodeSystem system;
    private final MadeUpPatients madeUp;
    private final int patients;
    private final int readingsEach;
    private final int threads;
    private final int rounds;
    private final Consumer<String> out;
    private final Instant asOf = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    RiskCost(
            SinusNodeSystem system,
            MadeUpPatients madeUp,
            int patients,
            int readingsEach,
            int threads,
            int rounds,
            Consumer<String> out) {
        this.system = system;
        this.madeUp = madeUp;
        this.patients = patients;
        this.readingsEach = readingsEach;
        this.threads = threads;
        this.rounds = rounds;
        this.out = out;
    }

    /** @param server CPU seconds, as those of the database and of the job */
    private record Run(double seconds, double server, double database, double job, JsonNode report) {
        double cpuSeconds() {
            return server + database + job;
        }
    }

    /** @return seconds of each run, those of reading and scoring everybody last */
    List<Result> measure() throws SQLException, JsonProcessingException {
        List<Run> scored = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            scored.add(run("--dry-run"));
        }
        double ours = tell("read, features and scores of everybody", scored, patients);
        Run written = run("--full");
        double all = tell("the same with everybody's flags written, first run", List.of(written), patients);
        List<Run> further = new ArrayList<>();
        // One patient in a hundred has as many new readings as there were: one reading in a hundred is new.
        int changed = Math.max(1, patients / 100);
        for (int i = 0; i < rounds; i++) {
            madeUp.fillFurther(changed, readingsEach, i * readingsEach, readingsEach);
            further.add(run());
        }
        double few = tell("after new readings of one patient in a hundred", further, changed);
        // HAPI scores nothing.
        return List.of(
                Result.alone("risk.new", few, "s", cpuMs(further, changed)),
                Result.alone("risk.written", all, "s", cpuMs(List.of(written), patients)),
                Result.alone("risk", ours, "s", cpuMs(scored, patients)));
    }

    /** CPU-ms a patient. */
    private static double cpuMs(List<Run> runs, int people) {
        return 1000 * median(runs, Run::cpuSeconds) / people;
    }

    private Run run(String... options) throws JsonProcessingException {
        List<String> all = new ArrayList<>(List.of("--threads=" + threads, "--range=200"));
        all.addAll(List.of(options));
        Duration serverBefore = ProcessCpu.of(server());
        Duration databaseBefore = ProcessCpu.ofPostgres(home());
        long began = System.nanoTime();
        JsonNode report = new ObjectMapper().readTree(system.riskJob().run(asOf, all, line -> {}));
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Run(
                seconds,
                since(serverBefore, ProcessCpu.of(server())),
                since(databaseBefore, ProcessCpu.ofPostgres(home())),
                report.path("cpuSeconds").asDouble(),
                report);
    }

    private static double since(Duration before, Duration now) {
        return now.minus(before).toMillis() / 1e3;
    }

    private ProcessHandle server() {
        return new Daemon("server", system.installation().home())
                .running()
                .orElseThrow()
                .process();
    }

    private Path home() {
        return system.installation().home().root();
    }

    private double tell(String what, List<Run> runs, int people) {
        Samples seconds = Samples.of(runs.stream().map(Run::seconds).toList());
        out.accept(String.format(
                Locale.ROOT,
                "  %s: %s s; CPU-ms a patient: %s, of which the server %s, PostgreSQL %s, the job %s",
                what,
                seconds.describe(1),
                each(runs, people, Run::cpuSeconds),
                each(runs, people, Run::server),
                each(runs, people, Run::database),
                each(runs, people, Run::job)));
        out.accept("    " + runs.get(runs.size() - 1).report());
        return rounded(seconds.median());
    }

    private static String each(List<Run> runs, int people, ToDoubleFunction<Run> cpuSeconds) {
        return Samples.of(runs.stream()
                        .map(run -> 1000 * cpuSeconds.applyAsDouble(run) / people)
                        .toList())
                .describe(2);
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Samples.of(runs.stream().map(figure::applyAsDouble).toList()).median();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
