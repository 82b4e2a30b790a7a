package eu.sinusnode.benchmarks.search;

import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * First pages of the newest heart rates of everybody who permits it, and of those patients, over HTTP. The rival sees everything; its own tables
 * hold the newest records alone, which makes its sort far cheaper than it is with millions.
 */
@Command(
        name = "search",
        description =
                "The newest 20 heart rates of all patients that an insurer may see, and 20 of those patients, over HTTP"
                        + " with everything on, by the share of patients who permit it, against the same searches by who"
                        + " needs no permit.",
        mixinStandardHelpOptions = true)
public final class SearchBenchCommand extends ComparingCommand {

    private static final List<Integer> SHARES = List.of(1, 30, 70);
    private static final List<Search> SEARCHES = List.of(
            new Search(
                    "search.newest",
                    "newest 20 heart rates",
                    "Observation?code=http://loinc.org%7C8867-4&_sort=-date&_count=20"),
            new Search("search.patients", "20 Patients", "Patient?_count=20"));

    /** @param figure name of its figure; the share comes behind it */
    private record Search(String figure, String words, String path) {}

    @Option(
            names = "--readings",
            description = "Made-up readings in the lane. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private long readings;

    @Option(names = "--others", description = "Whose they are. Default: ${DEFAULT-VALUE}.", defaultValue = "120000")
    private int others;

    public SearchBenchCommand() {
        super(DemoRegistrations.INSURER, "search-home", Rival.OPEN);
    }

    @Override
    protected List<Result> run(Servers servers, Comparison comparison) {
        Installation installation = servers.system().installation();
        Home home = installation.home();
        UUID insurer = UUID.fromString(servers.system().cohort().directory().insurer());
        RunningPostgres database =
                new PostgresControl(home.root(), installation.ports().postgres()).start();
        try (Connection connection =
                DriverManager.getConnection(database.url("sinusnode"), "sinusnode", database.password("sinusnode"))) {
            MadeUpPopulation population = new MadeUpPopulation(connection, insurer, servers.progress());
            population.fill(others, readings);
            comparison.introduce();
            comparison.tell(readings + " made-up readings of " + others + " patients in the lane");
            List<Result> results = new ArrayList<>();
            for (int share : SHARES) {
                long permitting = population.permit(share);
                comparison.tell(permitting + " patients permit it");
                for (Search search : SEARCHES) {
                    String name = search.words() + ", permitted by " + share + " %";
                    results.add(comparison
                            .of(Workload.reads(name, List.of(search.path())), "searches", 1)
                            .p95(search.figure() + "." + share));
                }
            }
            results.add(slowest(results));
            return results;
        } catch (SQLException e) {
            throw new IllegalStateException("The made-up readings could not be written.", e);
        }
    }

    /** Of the shares, for the newest heart rates. */
    private static Result slowest(List<Result> results) {
        Result slowest = results.stream()
                .filter(figure -> figure.name().startsWith(SEARCHES.get(0).figure()))
                .max(Comparator.comparingDouble(Result::ours))
                .orElseThrow();
        return new Result("search", slowest.ours(), null, slowest.ratio(), slowest.unit(), slowest.cpuMsPerItem());
    }
}
