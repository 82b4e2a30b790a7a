package eu.sinusnode.benchmarks.access;

import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.read.PatientReads;
import java.util.List;

/** The same reads through the guarded and the open server. */
final class AccessCost {

    static final String CALLER = "clinic-system";

    private final Servers servers;

    AccessCost(Servers servers) {
        this.servers = servers;
    }

    /** @return the figures, that of reads by id last */
    List<Result> run(Comparison comparison) {
        comparison.introduce();
        // What the caller may read, so that both servers give the same answers.
        PatientReads reads = PatientReads.of(servers.system(), CALLER);
        AuditDelay before = auditDelay();
        Comparison.Compared byId = comparison.of(reads.byId(), "requests", 1);
        Comparison.Compared newest = comparison.of(reads.newest(), "requests", 1);
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
}
