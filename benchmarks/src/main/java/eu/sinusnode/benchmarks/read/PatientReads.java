package eu.sinusnode.benchmarks.read;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.launcher.SinusNodeSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Heart rates that a caller may read.
 *
 * @param searches of each patient with a full page: the newest 20
 * @param records that those find
 */
public record PatientReads(List<String> searches, List<JsonNode> records) {

    private static final int PAGE = 20;

    /** Looks at the first 50 patients. */
    public static PatientReads of(SinusNodeSystem system, String caller) {
        List<String> searches = new ArrayList<>();
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode patient : resources(system, caller, "Patient?_count=50")) {
            String search = PatientWorkloads.newestOf(patient.path("id").asText());
            List<JsonNode> found = resources(system, caller, search);
            if (found.size() == PAGE) {
                searches.add(search);
                records.addAll(found);
            }
        }
        return new PatientReads(searches, records);
    }

    public Workload byId() {
        return Workload.reads(
                "read by id",
                records.stream()
                        .map(each -> "Observation/" + each.path("id").asText())
                        .toList());
    }

    public Workload newest() {
        return Workload.reads("newest 20 of a patient and code", searches);
    }

    private static List<JsonNode> resources(SinusNodeSystem system, String caller, String search) {
        return system.callers().as(caller).get(search).resources();
    }
}
