package eu.sinusnode.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Rival;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Call;
import eu.sinusnode.benchmarks.load.Workload;
import java.util.List;
import java.util.Map;
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
    protected Map<String, Object> run(Servers servers, Comparison comparison) {
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
        Comparison.Result result = comparison.of(workload, "Observations", VitalBundles.ENTRIES);
        return Comparison.summary("ingest", "Observations/s", Map.of(workload.name(), result));
    }
}
