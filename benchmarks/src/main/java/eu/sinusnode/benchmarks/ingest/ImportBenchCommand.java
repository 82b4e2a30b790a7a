package eu.sinusnode.benchmarks.ingest;

import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Call;
import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.http.BulkImport;
import eu.sinusnode.launcher.http.BulkImport.Input;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code $import} with everything on, in a state directory and on ports of its own. */
@Command(
        name = "import",
        description =
                "Vital signs a second by $import of a clinic's system, with every policy, validation, fast lane and"
                        + " audit on; and the stock server's by transactions of 100, its fastest way in here.",
        mixinStandardHelpOptions = true)
public final class ImportBenchCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15437;
    private static final long SEED = 1;
    private static final int LOADED = 2;
    private static final int WARM_UP_LINES = 60_000;
    private static final int STOCK_CONNECTIONS = 6;
    private static final int STOCK_ROUNDS = 3;

    @Option(names = "--vitals", description = "Lines to import. Default: ${DEFAULT-VALUE}.", defaultValue = "1000000")
    private long vitals;

    @Option(names = "--patients", description = "Made-up patients. Default: ${DEFAULT-VALUE}.", defaultValue = "12000")
    private int patients;

    @Option(names = "--files", description = "Files of vital signs. Default: ${DEFAULT-VALUE}.", defaultValue = "8")
    private int files;

    @Option(
            names = "--stock-seconds",
            description = "Length of each of three rounds of the stock server, after two to warm up; 0: without it."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int stockSeconds;

    @Override
    public Integer call() throws IOException, SQLException {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/import-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18089, 18450, 18090, 19005, POSTGRES_PORT, 18769));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            Imported imported;
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                system.startWith(new CohortSpec(LOADED, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                system.loadCohort();
                imported = ours(system);
            } finally {
                system.stack().stop(progress);
            }
            Double stock = stockSeconds == 0 ? null : stock(installation, progress);
            imported.results(stock).forEach(figure -> System.out.println(figure.line()));
        }
        return 0;
    }

    /** @param bytes on the database's disk for each line */
    private record Imported(ImportCost.Result cost, double bytes) {

        /** @param stock vital signs a second of the stock server; null when it was not asked */
        List<Result> results(@Nullable Double stock) {
            double cpu = cost.serverCpu() + cost.databaseCpu();
            return List.of(
                    Result.alone("import.bytes", bytes, "bytes a vital", null),
                    Result.beside(
                            "import.last",
                            cost.last(),
                            cost.first(),
                            "vitals/s of the last tenth, ratio to the first",
                            null),
                    stock == null
                            ? Result.alone("import", cost.perSecond(), "vitals/s", cpu)
                            : Result.besideStock("import", cost.perSecond(), stock, "vitals/s", cpu));
        }
    }

    private Imported ours(SinusNodeSystem system) throws IOException, SQLException {
        Installation installation = system.installation();
        BulkImport loader = new BulkImport(installation, system.callers(), DemoRegistrations.LOADER);
        BulkImport clinic = new BulkImport(installation, system.callers(), DemoRegistrations.CLINIC_SYSTEM);
        ProcessHandle server = new Daemon("server", installation.home())
                .running()
                .orElseThrow()
                .process();
        ImportFiles made = new ImportFiles(patients);
        Inbox loaded = new Inbox(loader);
        Inbox brought = new Inbox(clinic);
        String organization = clinic.claims().path("organization").asText();
        List<String> households = made.households(loaded.folder(), organization);
        List<Input> warmUp = brought.vitals(made, WARM_UP_LINES, 2);
        List<Input> measured = brought.vitals(made, vitals, files);
        System.out.println("Machine: " + Machine.describe());
        System.out.println("Data: " + vitals + " vital signs of " + patients + " patients in " + files
                + " files; everything on: consent, validation, fast lane, audit");
        try {
            ImportCost cost = new ImportCost(server, installation.home().root(), System.out::println);
            cost.run(
                    "households, by the loader (Patient, CareTeam, Consent)",
                    loader,
                    List.of(
                            new Input("Patient", households.get(0)),
                            new Input("CareTeam", households.get(1)),
                            new Input("Consent", households.get(2))));
            cost.run("vital signs, to warm up", clinic, warmUp);
            long bytes = bytes(installation.home().root());
            ImportCost.Result result = cost.run("vital signs", clinic, measured);
            double each = (double) (bytes(installation.home().root()) - bytes) / result.lines();
            System.out.printf(Locale.ROOT, "  bytes on the database's disk for each: %.0f%n", each);
            return new Imported(result, each);
        } finally {
            loaded.clear();
            brought.clear();
        }
    }

    /** @return vital signs a second */
    private double stock(Installation installation, StreamProgress progress) {
        try (Servers servers = Servers.start(installation, Rival.STOCK, LOADED, progress)) {
            List<String> people = Stream.generate(() -> UUID.randomUUID().toString())
                    .limit(Math.min(patients, 200))
                    .toList();
            StockPatients.bring(servers.rivalBase(), people);
            Workload bundles = new Workload("100-vital transactions", () -> {
                VitalBundles some = new VitalBundles(people);
                return () -> Call.post("", some.next());
            });
            LoadDriver driver = new LoadDriver(STOCK_CONNECTIONS);
            driver.run(bundles, servers.rivalBase(), "", Duration.ofSeconds(2L * stockSeconds));
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < STOCK_ROUNDS; i++) {
                rates.add(driver.run(bundles, servers.rivalBase(), "", Duration.ofSeconds(stockSeconds))
                                .perSecond()
                        * VitalBundles.ENTRIES);
            }
            Samples samples = Samples.of(rates);
            System.out.println("  stock, transactions of 100 by " + STOCK_CONNECTIONS + " connections: "
                    + samples.describe(0) + "/s");
            return samples.median();
        }
    }

    private static long bytes(Path home) throws SQLException {
        RunningPostgres server = new PostgresControl(home, POSTGRES_PORT).start();
        try (Connection connection = DriverManager.getConnection(
                        server.url("sinusnode"), "sinusnode", server.password("sinusnode"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            row.next();
            return row.getLong(1);
        }
    }
}
