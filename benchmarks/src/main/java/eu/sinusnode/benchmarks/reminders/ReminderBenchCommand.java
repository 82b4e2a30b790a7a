package eu.sinusnode.benchmarks.reminders;

import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The running server computes the reminders of the next 26 hours, by its own worker. */
@Command(
        name = "reminders",
        description =
                "Reminders of a day of all active plans, computed by the running server; a crowd's reminders that"
                        + " become Tasks before one moment, and apps that are told at it. Plans, patients and apps are made up.",
        mixinStandardHelpOptions = true)
public final class ReminderBenchCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15447;
    private static final int LOADED = 2;
    private static final int WRONG_USE = 2;

    /** Apps on this machine may be told. */
    private static final String RESIDENCY = """
            {"version": 1, "tier": "EU27",
             "site": {"country": "DE", "operator": "Benchmark", "declared": true},
             "endpoints": [
               {"purpose": "database", "host": "loopback"},
               {"purpose": "authorization-server", "host": "loopback"},
               {"purpose": "subscription", "host": "loopback"}],
             "adequacy": []}
            """;

    private static final long PAUSE_MILLIS = 200;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    @Option(names = "--plans", description = "Active plans. Default: ${DEFAULT-VALUE}.", defaultValue = "120000")
    private int plans;

    @Option(
            names = "--rounds",
            description = "How often; the first one warms up and does not count. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    private int rounds;

    @Option(
            names = "--burst",
            description = "Patients who are reminded at one moment. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3000")
    private int burst;

    @Option(
            names = "--apps",
            description = "How many of them have an app that is told. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int apps;

    @Override
    public Integer call() throws SQLException, IOException {
        if (plans < 1 || apps < 1 || burst < apps) {
            System.err.println("At least one plan and one app are needed, and no more apps than patients.");
            return WRONG_USE;
        }
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/reminders-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18189, 18550, 18190, 19105, POSTGRES_PORT, 18869));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                sign(system, home);
                system.startWith(new CohortSpec(LOADED, 1, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                system.loadCohort();
                measured(installation).forEach(result -> System.out.println(result.line()));
            } finally {
                system.stack().stop(progress);
            }
        }
        return 0;
    }

    private static void sign(SinusNodeSystem system, Home home) throws IOException {
        Files.createDirectories(home.residency().getParent());
        Files.writeString(home.residency(), RESIDENCY);
        if (system.residency().run(List.of("sign"), System.err::println) != 0) {
            throw new IllegalStateException("Where data may go could not be signed.");
        }
    }

    /** The day's last. */
    private List<Result> measured(Installation installation) throws SQLException, IOException {
        Home home = installation.home();
        ProcessHandle server =
                new Daemon("server", home).running().orElseThrow().process();
        RunningPostgres database = new PostgresControl(home.root(), POSTGRES_PORT).start();
        try (Connection connection = DriverManager.getConnection(
                        database.url("sinusnode"), "sinusnode", database.password("sinusnode"));
                ToldApps told = new ToldApps()) {
            MadeUpPlans made = new MadeUpPlans(connection);
            System.out.println("Machine: " + Machine.describe());
            System.out.println("Data: " + plans + " active plans of two prescriptions, three measurements and walking");
            List<Double> seconds = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int round = 0; round < Math.max(2, rounds); round++) {
                made.fill(plans);
                Duration serverBefore = ProcessCpu.of(server);
                Duration databaseBefore = ProcessCpu.ofPostgres(home.root());
                double took = computed(made);
                long reminders = made.reminders();
                double serverCpu = millis(ProcessCpu.of(server).minus(serverBefore), reminders);
                double databaseCpu = millis(ProcessCpu.ofPostgres(home.root()).minus(databaseBefore), reminders);
                System.out.printf(
                        Locale.ROOT,
                        "  round %d: %d reminders in %.1f s, %.0f/s; CPU-ms a reminder: server %.3f, database %.3f%n",
                        round,
                        reminders,
                        took,
                        reminders / took,
                        serverCpu,
                        databaseCpu);
                if (round > 0) {
                    seconds.add(took);
                    cpu.add(serverCpu + databaseCpu);
                }
            }
            made.forget();
            System.out.println("Data: " + burst + " patients with one reminder at the same moment, " + apps
                    + " of them with an app");
            ReminderCrowd crowd = new ReminderCrowd(new MadeUpCrowd(connection), told, server, home.root());
            // The first time warms up.
            crowd.measure(burst, apps);
            List<Result> results = new ArrayList<>(crowd.measure(burst, apps));
            results.add(Result.alone(
                    "reminders",
                    Samples.of(seconds).median(),
                    "s for all plans",
                    Samples.of(cpu).median()));
            return results;
        }
    }

    /** Seconds from when the first plan has its turn until none is left. */
    private static double computed(MadeUpPlans made) throws SQLException {
        long began = System.nanoTime();
        made.begin();
        while (made.without() > 0) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("The reminders were not there after " + LONGEST + ".");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The measurement was broken off.");
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static double millis(Duration cpu, long reminders) {
        return Math.round(cpu.toNanos() / 1e3 / Math.max(1, reminders)) / 1e3;
    }
}
