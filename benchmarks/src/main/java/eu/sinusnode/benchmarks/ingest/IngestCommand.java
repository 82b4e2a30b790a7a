package eu.sinusnode.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Call;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.List;
import picocli.CommandLine.Command;

/** What it costs to take vital signs in. */
@Command(
        name = "ingest",
        description =
                "Observations a second in transactions of 100 vital signs, a third of them blood pressures, with every policy, validation, fast lane and audit on, against the same storage with nothing before it.",
        mixinStandardHelpOptions = true)
public final class IngestCommand extends ComparingCommand {

    private static final String CALLER = "clinic-system";

    public IngestCommand() {
        super(CALLER);
    }

    @Override
    protected List<Result> run(Servers servers, Comparison comparison) {
        List<String> patients = servers.system().callers().as(CALLER).get("Patient?_count=50").resources().stream()
                .map((JsonNode patient) -> patient.path("id").asText())
                .toList();
        if (servers.rival() == Rival.STOCK) {
            StockPatients.bring(servers.rivalBase(), patients);
        }
        Workload workload = new Workload("100-vital transactions", () -> {
            VitalBundles bundles = new VitalBundles(patients);
            return () -> Call.post("", bundles.next());
        });
        comparison.introduce();
        return List.of(
                comparison.of(workload, "Observations", VitalBundles.ENTRIES).rate("ingest", "Observations/s"));
    }
}
