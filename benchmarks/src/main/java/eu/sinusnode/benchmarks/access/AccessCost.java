package eu.sinusnode.benchmarks.access;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.ArrayList;
import java.util.List;

/** The same reads through the guarded and the open server. */
final class AccessCost {

    static final String CALLER = "clinic-system";
    private static final int RECORDS = 200;

    private final Servers servers;

    AccessCost(Servers servers) {
        this.servers = servers;
    }

    /** @return the figures, that of reads by id last */
    List<Result> run(Comparison comparison) {
        comparison.introduce();
        List<Workload> workloads = workloads();
        AuditDelay before = auditDelay();
        Comparison.Compared byId = comparison.of(workloads.get(0), "requests", 1);
        Comparison.Compared newest = comparison.of(workloads.get(1), "requests", 1);
        AuditDelay delay = auditDelay().since(before);
        comparison.tell(delay.describe());
        return List.of(
                Result.alone("access.audit", delay.meanMicros(), "us an entry", null),
                newest.rate("access.newest", "requests/s"),
                byId.rate("access", "requests/s"));
    }

    private AuditDelay auditDelay() {
        return AuditDelay.of(servers.metrics());
    }

    /** What the caller may read, so that both servers give the same answers. */
    private List<Workload> workloads() {
        List<String> byId = new ArrayList<>();
        List<String> newest = new ArrayList<>();
        for (JsonNode patient : entries("Patient?_count=50")) {
            String id = patient.path("id").asText();
            String search = "Observation?patient=" + id + "&code=http://loinc.org%7C8867-4&_sort=-date&_count=20";
            List<JsonNode> found = entries(search);
            if (found.size() == 20) {
                newest.add(search);
                found.stream()
                        .limit(RECORDS / 10)
                        .forEach(each ->
                                byId.add("Observation/" + each.path("id").asText()));
            }
        }
        return List.of(Workload.reads("read by id", byId), Workload.reads("newest 20 of a patient and code", newest));
    }

    private List<JsonNode> entries(String search) {
        return servers.system().callers().as(CALLER).get(search).resources();
    }
}
