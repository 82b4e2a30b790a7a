package eu.sinusnode.benchmarks.start;

import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.RivalServer;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.launcher.service.FhirServerService;
import eu.sinusnode.sampledata.CohortSpec;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts of both servers in turn, each on a database that it has used before, in a state directory and on ports of its own. */
@Command(
        name = "start",
        description = "Start of the server on an existing database: seconds until it is ready, RAM when idle, size of"
                + " the distribution; beside the stock server's in the same run.",
        mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {

    private static final long SEED = 1;
    private static final String MODULE = "fhir-server";

    @Option(
            names = "--patients",
            description = "Generated patients in the database. Default: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int patients;

    @Option(names = "--rounds", description = "Starts of each. Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--idle",
            description = "Seconds after which the RAM is looked at. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60")
    private int idle;

    @Override
    public Integer call() throws IOException {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Installation installation = new Installation(
                new Home(repository.resolve("benchmarks/target/start-home")),
                new Programs(repository),
                new Ports(18191, 18551, 18192, 19106, 15448, 18870));
        try (StreamProgress progress = new StreamProgress(System.err, false)) {
            SinusNodeSystem system = new SinusNodeSystem(installation, progress);
            RivalServer stock = new RivalServer(installation, Rival.STOCK);
            try {
                system.startWith(new CohortSpec(patients, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
                LoadFigures loaded = system.loadCohort();
                stock.start();
                stock.stop();
                FhirServerService ours = new FhirServerService(installation, HttpClient.newHttpClient());
                ours.stop();
                System.out.println("Machine: " + Machine.describe());
                System.out.println("Data: " + loaded.patients() + " patients, " + loaded.vitals()
                        + " vital readings; stock: an empty database; RAM after " + idle
                        + " s; median (least to greatest)");
                measure(installation, ours, stock, progress);
            } finally {
                stock.stop();
                system.stack().stop(progress);
            }
        }
        return 0;
    }

    private void measure(Installation installation, FhirServerService ours, RivalServer stock, Progress progress)
            throws IOException {
        Duration pause = Duration.ofSeconds(idle);
        StartFigures ourFigures = new StartFigures();
        StartFigures stockFigures = new StartFigures();
        for (int i = 0; i < rounds; i++) {
            ourFigures.add(() -> started(installation, ours, progress), pause);
            ours.stop();
            stockFigures.add(stock::start, pause);
            stock.stop();
        }
        double size = megabytes(installation.programs());
        System.out.println("  guarded " + ourFigures.describe());
        System.out.println("  stock   " + stockFigures.describe());
        System.out.printf(Locale.ROOT, "  jars of the server: %.0f MB%n", size);
        System.out.println(Result.alone("start.size", size, "MB of jars", null).line());
        System.out.println(Result.besideStock(
                        "start.ram", ourFigures.medianMegabytes(), stockFigures.medianMegabytes(), "MB idle", null)
                .line());
        System.out.println(Result.besideStock(
                        "start",
                        ourFigures.medianSeconds(),
                        stockFigures.medianSeconds(),
                        "s to ready",
                        ourFigures.medianCpuMillis())
                .line());
    }

    private static ProcessHandle started(Installation installation, FhirServerService ours, Progress progress) {
        try (Progress.Task task = progress.begin(ours.name())) {
            task.done(ours.start(task).detail());
        }
        return new Daemon("server", installation.home()).running().orElseThrow().process();
    }

    private static double megabytes(Programs programs) throws IOException {
        long bytes = 0;
        for (Path jar : programs.jars(MODULE)) {
            bytes += Files.size(jar);
        }
        return bytes / 1e6;
    }
}
