package eu.sinusnode.benchmarks.read;

import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.ingest.StockVitals;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measurements.FurtherReadings;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The same records in both servers. Around them ours has made-up readings in the lane, which its searches of one patient
 * walk, and stock has vital signs of its own in its tables.
 */
@Command(
        name = "read",
        description = "Records by id, and the newest 20 of a patient and code, with everything on, against HAPI as it"
                + " comes, with the same records in a database of its own.",
        mixinStandardHelpOptions = true)
public final class ReadCommand extends ComparingCommand {

    private static final String CALLER = "clinic-system";

    @Option(
            names = "--readings",
            description = "Readings in our lane, with made-up ones of others. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private long readings;

    @Option(
            names = "--others",
            description = "Patients of the made-up ones. Default: ${DEFAULT-VALUE}.",
            defaultValue = "120000")
    private long others;

    @Option(
            names = "--stock-vitals",
            description = "Vital signs of others in the stock server. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private long stockVitals;

    public ReadCommand() {
        super(CALLER, "read-home", Rival.STOCK);
    }

    @Override
    protected List<Result> run(Servers servers, Comparison comparison) {
        PatientReads reads = PatientReads.of(servers.system(), CALLER);
        if (servers.rival() == Rival.STOCK) {
            StockRecords stock = new StockRecords(servers.rivalBase());
            reads.records().forEach(stock::bring);
            new StockVitals(servers.rivalBase(), servers.progress()).fill(stockVitals);
        }
        long lane = fill(servers);
        comparison.introduce();
        comparison.tell(lane + " readings in our lane; " + stockVitals + " vital signs of others in the stock server");
        Comparison.Compared newest = comparison.of(reads.newest(), "requests", 1);
        Comparison.Compared byId = comparison.of(reads.byId(), "requests", 1);
        return List.of(
                newest.p50("read.newest.p50"),
                newest.p95("read.newest.p95"),
                newest.rate("read.newest", "requests/s"),
                byId.rate("read", "requests/s"));
    }

    private long fill(Servers servers) {
        Installation installation = servers.system().installation();
        RunningPostgres database = new PostgresControl(
                        installation.home().root(), installation.ports().postgres())
                .start();
        try (Connection connection =
                DriverManager.getConnection(database.url("sinusnode"), "sinusnode", database.password("sinusnode"))) {
            return new FurtherReadings(connection, servers.progress()).fill(readings, others);
        } catch (SQLException e) {
            throw new IllegalStateException("The made-up readings could not be written.", e);
        }
    }
}
