package eu.sinusnode.benchmarks.risk;

import com.fasterxml.jackson.core.JsonProcessingException;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The risk-scoring job with everything on, in a state directory and on ports of its own. */
@Command(
        name = "risk",
        description = "The risk-scoring job over HTTP with everything on: everybody read and scored, everybody's flags"
                + " written, and a run of those who have new readings.",
        mixinStandardHelpOptions = true)
public final class RiskBenchCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15436;
    private static final long SEED = 1;
    private static final int LOADED = 3;
    private static final int WRONG_USE = 2;

    @Option(names = "--patients", description = "Made-up patients. Default: ${DEFAULT-VALUE}.", defaultValue = "120000")
    private int patients;

    @Option(
            names = "--readings",
            description = "Made-up readings of theirs, the same for each. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private long readings;

    @Option(
            names = "--rounds",
            description =
                    "Measured rounds of reading and scoring everybody, and of new readings. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int rounds;

    @Option(names = "--threads", description = "Threads of the job. Default: ${DEFAULT-VALUE}.", defaultValue = "4")
    private int threads;

    @Override
    public Integer call() throws SQLException, JsonProcessingException {
        if (patients < 100 || readings < patients || rounds < 1) {
            System.err.println("At least 100 patients, a reading for each, and one round are needed.");
            return WRONG_USE;
        }
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/risk-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18087, 18449, 18088, 19004, POSTGRES_PORT, 18768));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            // What an earlier measurement has noted is about patients who are replaced.
            delete(home.job());
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                system.startWith(new CohortSpec(LOADED, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                system.loadCohort();
                measure(system, home.root(), progress);
            } finally {
                system.stack().stop(progress);
            }
        }
        return 0;
    }

    private void measure(SinusNodeSystem system, Path home, StreamProgress progress)
            throws SQLException, JsonProcessingException {
        RunningPostgres server = new PostgresControl(home, POSTGRES_PORT).start();
        try (Connection connection =
                DriverManager.getConnection(server.url("sinusnode"), "sinusnode", server.password("sinusnode"))) {
            MadeUpPatients madeUp = new MadeUpPatients(connection, progress);
            madeUp.fill(patients, readings);
            System.out.println("Machine: " + Machine.describe());
            System.out.println("Data: " + patients + " made-up patients with " + readings / patients
                    + " readings each, one in ten with high blood pressure; " + threads + " threads of the job");
            RiskCost cost = new RiskCost(
                    system,
                    madeUp,
                    patients,
                    Math.toIntExact(readings / patients),
                    threads,
                    rounds,
                    System.out::println);
            cost.measure().forEach(figure -> System.out.println(figure.line()));
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What an earlier measurement left cannot be deleted", e);
        }
    }
}
