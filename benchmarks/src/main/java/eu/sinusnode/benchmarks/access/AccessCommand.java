package eu.sinusnode.benchmarks.access;

import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What access control costs on reads. */
@Command(
        name = "access",
        description =
                "Reads a second with tokens, scopes, consent, narrowing, gate and audit on, against the same storage with nothing before it.",
        mixinStandardHelpOptions = true)
public final class AccessCommand implements Callable<Integer> {

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

    @Option(names = "--connections", description = "Requests at once. Default: ${DEFAULT-VALUE}.", defaultValue = "4")
    private int connections;

    @Override
    public Integer call() {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Home home = new Home(repository.resolve("benchmarks/target/home"));
        Installation installation =
                new Installation(home, new Programs(repository), new Ports(18080, 18443, 18081, 19001, 15432, 18765));
        try (StreamProgress progress = new StreamProgress(System.err, false);
                Servers servers = Servers.start(installation, patients, progress)) {
            new AccessCost(servers, new LoadDriver(connections), Duration.ofSeconds(seconds), rounds)
                    .run(System.out::println);
        }
        return 0;
    }
}
