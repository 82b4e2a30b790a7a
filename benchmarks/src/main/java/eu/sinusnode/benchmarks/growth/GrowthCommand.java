package eu.sinusnode.benchmarks.growth;

import eu.sinusnode.benchmarks.export.ExportCost;
import eu.sinusnode.benchmarks.export.ExportCost.Round;
import eu.sinusnode.benchmarks.export.ExportRequests;
import eu.sinusnode.benchmarks.ingest.ImportCost;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.http.BulkImport;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole system with everything on, whose data grows by imports from size to size: the rate of each import, the disk,
 * and what reads take at each. A state directory that has reached a size keeps it; a further run measures the reads again.
 */
@Command(
        name = "growth",
        description = "One data set that grows by $import from 100,000 to ten million vital signs: rates, disk, and at"
                + " each size searches, $lastn, $stats, $trend, reads by id and, at the last, $export.",
        mixinStandardHelpOptions = true)
public final class GrowthCommand implements Callable<Integer> {

    private static final int POSTGRES_PORT = 15439;
    private static final long SEED = 1;
    private static final int LOADED = 2;
    private static final int WRONG_USE = 2;

    @Option(
            names = "--stages",
            split = ",",
            description = "Vital signs at each size. Default: ${DEFAULT-VALUE}.",
            defaultValue = "100000,1000000,10000000")
    private List<Long> stages = List.of();

    @Option(
            names = "--each",
            description = "Vital signs of a patient, a third of them heart rates. Default: ${DEFAULT-VALUE}.",
            defaultValue = "83")
    private int each;

    @Option(names = "--files", description = "Files of each import. Default: ${DEFAULT-VALUE}.", defaultValue = "8")
    private int files;

    @Option(names = "--seconds", description = "Length of a round. Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int seconds;

    @Option(names = "--rounds", description = "Measured rounds of each. Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--warm-up",
            description = "Seconds of each before. Default: ${DEFAULT-VALUE}.",
            defaultValue = "15")
    private int warmUp;

    @Option(
            names = "--exported",
            description = "Percent of the patients who permit the insurer everything while it exports; 0: no export."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "100")
    private int exported;

    @Override
    public Integer call() throws IOException, SQLException {
        if (stages.isEmpty() || each < 60 || stages.stream().anyMatch(vitals -> vitals < each)) {
            System.err.println("Needed are sizes, and 60 vital signs of a patient for full pages of heart rates.");
            return WRONG_USE;
        }
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/growth-home"));
        Installation installation = new Installation(
                home, new Programs(repository), new Ports(18093, 18453, 18094, 19007, POSTGRES_PORT, 18771));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            try {
                system.startWith(new CohortSpec(LOADED, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                system.loadCohort();
                run(system, progress).forEach(figure -> System.out.println(figure.line()));
            } finally {
                system.stack().stop(progress);
            }
        }
        return 0;
    }

    private List<Result> run(SinusNodeSystem system, Progress progress) throws IOException, SQLException {
        Installation installation = system.installation();
        BulkImport clinic = new BulkImport(installation, system.callers(), DemoRegistrations.CLINIC_SYSTEM);
        RunningPostgres database = new PostgresControl(installation.home().root(), POSTGRES_PORT).start();
        // CHECKPOINT is the superuser's.
        try (Connection connection = DriverManager.getConnection(
                database.url("sinusnode"), PostgresControl.SUPERUSER, database.password(PostgresControl.SUPERUSER))) {
            GrowingCohort cohort = new GrowingCohort(
                    connection,
                    UUID.fromString(clinic.claims().path("organization").asText()),
                    UUID.fromString(system.cohort().directory().insurer()));
            System.out.println("Machine: " + Machine.describe());
            System.out.println("Data: " + stages + " vital signs, " + each + " of each patient; everything on; "
                    + rounds + " rounds of " + seconds + " s of each after " + warmUp + " s to warm up");
            GrowingImport imports = new GrowingImport(
                    clinic,
                    cohort,
                    new ImportCost(server(system), installation.home().root(), System.out::println),
                    each,
                    files,
                    System.out::println);
            List<Result> results = new ArrayList<>();
            List<Double> searches = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                long vitals = stages.get(i);
                String stage = "growth." + vitals;
                if (cohort.imported() > vitals) {
                    System.out.println(vitals + " vital signs: not measured, since the data has grown beyond that");
                    continue;
                }
                if (cohort.imported() < vitals) {
                    results.addAll(imports.run(i == 0 ? 0 : stages.get(i - 1), vitals, stage));
                    settle(cohort, progress);
                }
                System.out.println(vitals + " vital signs; stored are " + cohort.stored());
                List<Result> reads = new StageReads(
                                system,
                                cohort,
                                Duration.ofSeconds(warmUp),
                                Duration.ofSeconds(seconds),
                                rounds,
                                System.out::println)
                        .measure(stage);
                results.addAll(reads);
                searches.add(reads.get(reads.size() - 1).ours());
            }
            if (exported > 0) {
                results.addAll(export(system, cohort));
            }
            steepest(searches).ifPresent(results::add);
            return results;
        }
    }

    private static void settle(GrowingCohort cohort, Progress progress) throws SQLException {
        try (Progress.Task task = progress.begin("Vacuum behind the import")) {
            cohort.settle();
            task.done("done");
        }
    }

    /** How much the p95 of a patient's newest grew from one size to the next, at most; nothing of a size alone. */
    static Optional<Result> steepest(List<Double> searches) {
        return IntStream.range(1, searches.size())
                .mapToObj(i -> searches.get(i) / searches.get(i - 1))
                .max(Comparator.naturalOrder())
                .map(most -> Result.alone("growth", most, "times a search's p95 of the size before", null));
    }

    private List<Result> export(SinusNodeSystem system, GrowingCohort cohort) throws SQLException {
        Installation installation = system.installation();
        long permitting = cohort.permit(exported);
        ExportRequests requests = new ExportRequests(
                installation.fhirBase(), () -> system.callers().token(DemoRegistrations.INSURER));
        ExportCost cost = new ExportCost(
                requests,
                "_type=Observation",
                server(system),
                installation.home().root(),
                System.out::println);
        long least = permitting * (each - 1);
        Round one = cost.once("$export by an insurer whom " + permitting + " patients permit it", least);
        List<Result> results = new ArrayList<>();
        cost.heapGrowth(least)
                .ifPresent(growth ->
                        results.add(Result.alone("growth.export.heap", growth, "MB more after a collection", null)));
        results.add(Result.alone(
                "growth.export", one.writtenPerSecond(), "resources/s from kick-off to complete", one.cpu()));
        return results;
    }

    private static ProcessHandle server(SinusNodeSystem system) {
        return new Daemon("server", system.installation().home())
                .running()
                .orElseThrow()
                .process();
    }
}
