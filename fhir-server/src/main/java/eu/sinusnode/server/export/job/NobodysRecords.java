package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.DecisionGrounds;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.server.export.job.RecordCursor.Wanted;
import eu.sinusnode.server.export.job.RunLines.Line;
import eu.sinusnode.server.records.RecordModel;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** Records of nobody that an exported record refers to, each decided on how the caller stands. */
final class NobodysRecords {

    /** How many are asked for in one statement. */
    static final int AT_ONCE = 200;

    private final ExportTools tools;
    private final ExportLease lease;
    private final ExportJob job;
    private final RecordModel model;
    private final RunLines lines;
    private final PatientStandings facts;

    NobodysRecords(
            ExportTools tools,
            ExportLease lease,
            ExportJob job,
            RecordModel model,
            RunLines lines,
            PatientStandings facts) {
        this.tools = tools;
        this.lease = lease;
        this.job = job;
        this.model = model;
        this.lines = lines;
        this.facts = facts;
    }

    /** Takes what the caller gets. */
    interface Sink {

        /** @param path {@code Type/id} */
        void accept(String path, Line line, byte[] grounds) throws IOException;
    }

    /** @param paths {@code Type/id}, {@value #AT_ONCE} at most */
    void read(Collection<String> paths, Sink sink) throws IOException, SQLException {
        lease.require();
        RecordFactsReader reader = new RecordFactsReader(tools.disclosure().references());
        Wanted wanted = new Wanted(
                job.order().types(),
                job.order().since(),
                job.order().until(),
                tools.filters().named(job.order().filters(), paths));
        RecordSink records = stored -> {
            Optional<Resource> resource = model.resource(stored);
            if (resource.isPresent() && isGiven(reader.read(resource.get()))) {
                byte[] grounds = DecisionGrounds.of(job.caller(), stored.type(), BulkDisclosure.INTERACTION, List.of());
                sink.accept(stored.type() + "/" + stored.id(), lines.line(resource.get()), grounds);
            }
        };
        tools.records().inSnapshot(snapshot -> snapshot.named(paths, wanted, records));
    }

    private boolean isGiven(RecordFacts record) {
        return record.ownership() instanceof Ownership.Directory
                && tools.disclosure().decide(job.caller(), record, facts) instanceof Decision.Permit;
    }
}
