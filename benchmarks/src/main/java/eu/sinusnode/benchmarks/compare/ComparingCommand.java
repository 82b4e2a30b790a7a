package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A benchmark that starts both servers in a state directory of its own; its last line is one JSON object. */
public abstract class ComparingCommand implements Callable<Integer> {

    @Option(
            names = "--patients",
            description = "Generated patients to load. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int patients;

    @Option(
            names = "--rounds",
            description = "Measured rounds a server and workload. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private int rounds;

    @Option(names = "--seconds", description = "Length of a round. Default: ${DEFAULT-VALUE}.", defaultValue = "6")
    private int seconds;

    @Option(
            names = "--warm-up",
            description = "Seconds that a server works before it is measured. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int warmUp;

    @Option(names = "--connections", description = "Requests at once. Default: ${DEFAULT-VALUE}.", defaultValue = "4")
    private int connections;

    @Option(
            names = "--against",
            description = "What ours is compared with: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Rival rival;

    private final String caller;
    private final String directory;

    /** @param caller whose token the guarded server gets */
    protected ComparingCommand(String caller) {
        this(caller, "home", Rival.OPEN);
    }

    /**
     * @param directory of the state, below the benchmarks' target; for one that fills the database with what is its own
     * @param rival what ours is compared with when nothing else is asked for
     */
    protected ComparingCommand(String caller, String directory, Rival rival) {
        this.rival = rival;
        this.caller = caller;
        this.directory = directory;
    }

    /** @return the figures, the chief one last */
    protected abstract List<Result> run(Servers servers, Comparison comparison);

    @Override
    public final Integer call() {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/" + directory));
        Installation installation =
                new Installation(home, new Programs(repository), new Ports(18080, 18443, 18081, 19001, 15432, 18765));
        try (StreamProgress progress = new StreamProgress(System.err, false);
                Servers servers = Servers.start(installation, rival, patients, progress)) {
            Comparison comparison = new Comparison(
                    servers,
                    caller,
                    new LoadDriver(connections),
                    Duration.ofSeconds(warmUp),
                    Duration.ofSeconds(seconds),
                    rounds,
                    System.out::println);
            run(servers, comparison).forEach(figure -> System.out.println(figure.line()));
        }
        return 0;
    }
}
