package eu.sinusnode.benchmarks.export;

import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.export.ExportCost.Round;
import eu.sinusnode.benchmarks.ingest.StockPatients;
import eu.sinusnode.benchmarks.ingest.VitalBundles;
import eu.sinusnode.benchmarks.load.Call;
import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code $export} with everything on, in a state directory and on ports of its own. */
@Command(
        name = "export",
        description = "Vital signs a second by $export of an insurer, with token, scopes, consent, residency and audit,"
                + " from the kick-off to the last byte; and by the stock server's own $export, which guards nothing.",
        mixinStandardHelpOptions = true)
public final class ExportBenchCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15438;
    private static final long SEED = 1;
    private static final int LOADED = 2;
    private static final int WRONG_USE = 2;
    private static final Duration BRINGING = Duration.ofSeconds(10);
    private static final String QUERY = "_type=Observation";

    @Option(names = "--vitals", description = "Made-up vital signs that are stored. Default: ${DEFAULT-VALUE}.")
    private long vitals = 1_000_000;

    @Option(names = "--patients", description = "Whose they are. Default: ${DEFAULT-VALUE}.")
    private int patients = 12_000;

    @Option(
            names = "--permitted",
            description = "Percent of the patients who permit the insurer everything. Default: ${DEFAULT-VALUE}.")
    private int permitted = 30;

    @Option(names = "--rounds", description = "Measured exports, after one to warm up. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--stock-vitals",
            description = "Vital signs of the stock server, which exports all of them; 0: without it."
                    + " Default: ${DEFAULT-VALUE}.")
    private long stockVitals = 100_000;

    @Option(names = "--stock-rounds", description = "Its measured exports. Default: ${DEFAULT-VALUE}.")
    private int stockRounds = 2;

    @Override
    public Integer call() throws SQLException {
        int each = (int) (vitals / Math.max(1, patients));
        if (each < 1 || permitted < 1 || permitted > 100 || rounds < 1 || stockRounds < 1) {
            System.err.println("Needed are a vital sign for each patient, a share of 1 to 100 % and one round.");
            return WRONG_USE;
        }
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/export-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18091, 18451, 18092, 19006, POSTGRES_PORT, 18770));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            List<Round> ours;
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                system.startWith(new CohortSpec(LOADED, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                system.loadCohort();
                ours = ours(system, each, progress);
            } finally {
                system.stack().stop(progress);
            }
            List<Round> stock = stockVitals == 0 ? List.of() : stock(installation, each, progress);
            results(ours, stock).forEach(figure -> System.out.println(figure.line()));
        }
        return 0;
    }

    private static List<Result> results(List<Round> ours, List<Round> stock) {
        String unit = "resources/s from kick-off to complete";
        double perSecond = ExportCost.median(ours, Round::writtenPerSecond);
        double cpu = ExportCost.median(ours, Round::cpu);
        return List.of(
                Result.alone("export.download", ExportCost.median(ours, Round::fetchedPerSecond), "resources/s", null),
                Result.alone(
                        "export.whole",
                        ExportCost.median(ours, Round::perSecond),
                        "resources/s from kick-off to the last byte",
                        null),
                Result.alone("export.begun", ExportCost.median(ours, Round::begun), "s to the first progress", null),
                stock.isEmpty()
                        ? Result.alone("export", perSecond, unit, cpu)
                        : Result.besideStock(
                                "export", perSecond, ExportCost.median(stock, Round::writtenPerSecond), unit, cpu));
    }

    private List<Round> ours(SinusNodeSystem system, int each, StreamProgress progress) throws SQLException {
        Installation installation = system.installation();
        Path home = installation.home().root();
        UUID insurer = UUID.fromString(system.cohort().directory().insurer());
        long permitting;
        try (Connection connection = connection(home, "sinusnode")) {
            StoredVitals made = new StoredVitals(connection, progress);
            made.fill(patients, each);
            permitting = made.permit(insurer, permitted);
        }
        System.out.println("Machine: " + Machine.describe());
        System.out.println("Data: " + (long) patients * each + " stored vital signs of " + patients + " patients, "
                + permitting + " of whom permit the insurer everything; " + rounds + " rounds after one to warm up,"
                + " median (least to greatest); files fetched one after the other");
        ProcessHandle server = new Daemon("server", installation.home())
                .running()
                .orElseThrow()
                .process();
        ExportRequests requests = new ExportRequests(
                installation.fhirBase(), () -> system.callers().token(DemoRegistrations.INSURER));
        ExportCost cost = new ExportCost(requests, QUERY, server, home, System.out::println);
        List<Round> measured = cost.rounds("ours, with everything on", rounds, permitting * each);
        cost.heapGrowth(permitting * each)
                .ifPresent(growth ->
                        System.out.println(Result.alone("export.heap", growth, "MB more after a collection", null)
                                .line()));
        return measured;
    }

    private List<Round> stock(Installation installation, int each, StreamProgress progress) throws SQLException {
        int others = (int) Math.max(1, stockVitals / each);
        Path home = installation.home().root();
        try (Servers servers = Servers.start(installation, Rival.STOCK, LOADED, progress)) {
            String base = servers.rivalBase();
            List<String> one = List.of(UUID.randomUUID().toString());
            StockPatients.bring(base, one);
            new LoadDriver(1).run(bundles(one), base, "", BRINGING);
            try (Connection connection = connection(home, "stock")) {
                new StoredVitals(connection, progress).fill(others, each);
            }
            ExportCost cost = new ExportCost(
                    new ExportRequests(base, null), QUERY, servers.rivalProcess(), home, System.out::println);
            return cost.rounds("stock, with nothing on", stockRounds, (long) others * each);
        }
    }

    private static Workload bundles(List<String> patients) {
        return new Workload("100-vital transactions", () -> {
            VitalBundles some = new VitalBundles(patients);
            return () -> Call.post("", some.next());
        });
    }

    private static Connection connection(Path home, String database) throws SQLException {
        RunningPostgres server = new PostgresControl(home, POSTGRES_PORT).start();
        return DriverManager.getConnection(server.url(database), "sinusnode", server.password("sinusnode"));
    }
}
