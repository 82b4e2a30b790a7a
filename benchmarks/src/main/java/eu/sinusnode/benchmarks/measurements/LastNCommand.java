package eu.sinusnode.benchmarks.measurements;

import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The three operations over HTTP, in a state directory and on ports of its own. */
@Command(
        name = "lastn",
        description = "$lastn, $stats and $trend of one patient over HTTP with everything on, in a lane of millions.",
        mixinStandardHelpOptions = true)
public final class LastNCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15434;
    private static final long SEED = 1;

    @Option(
            names = "--patients",
            description = "Generated patients to load, who are asked about. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int patients;

    @Option(
            names = "--readings",
            description = "Readings in the lane, with made-up ones of others. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private long readings;

    @Option(
            names = "--others",
            description = "Patients of the made-up ones. Default: ${DEFAULT-VALUE}.",
            defaultValue = "120000")
    private long others;

    @Option(names = "--seconds", description = "Length of a round. Default: ${DEFAULT-VALUE}.", defaultValue = "6")
    private int seconds;

    @Option(names = "--rounds", description = "Measured rounds of each. Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--warm-up",
            description = "Seconds of each before. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int warmUp;

    @Override
    public Integer call() throws SQLException {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/lastn-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18083, 18445, 18084, 19002, POSTGRES_PORT, 18766));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                system.startWith(new CohortSpec(patients, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                LoadFigures loaded = system.loadCohort();
                long lane = fill(home.root(), progress);
                System.out.println("Machine: " + Machine.describe());
                System.out.println("Data: " + loaded.patients() + " patients with " + loaded.vitals()
                        + " vital readings, " + lane + " readings in the lane");
                MeasurementsCost cost = new MeasurementsCost(
                        system, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), rounds, System.out::println);
                cost.measure().forEach(figure -> System.out.println(figure.line()));
            } finally {
                system.stack().stop(progress);
            }
        }
        return 0;
    }

    private long fill(Path home, Progress progress) throws SQLException {
        RunningPostgres server = new PostgresControl(home, POSTGRES_PORT).start();
        try (Connection connection =
                DriverManager.getConnection(server.url("sinusnode"), "sinusnode", server.password("sinusnode"))) {
            return new FurtherReadings(connection, progress).fill(readings, others);
        }
    }
}
