package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.minimisation.QuasiIdentifiers;
import eu.sinusnode.policy.minimisation.SmallGroups;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.server.export.job.RecordCursor.Wanted;
import eu.sinusnode.server.records.RecordModel;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Year;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * Counts who looks the same among all whom a recipient may have, whether or not what they have changed comes with this
 * export.
 */
final class GroupCount {

    private static final int COUNTED_AT_ONCE = 500;

    private final ExportTools tools;
    private final ExportLease lease;
    private final Caller caller;
    private final RecordModel model;

    GroupCount(ExportTools tools, ExportLease lease, Caller caller, RecordModel model) {
        this.tools = tools;
        this.lease = lease;
        this.caller = caller;
        this.model = model;
    }

    /** @param patients everybody who permits the recipient something, whether a Patient was counted or not */
    record Counted(SmallGroups groups, Set<String> patients) {}

    /**
     * @param until only Patients as they were then
     * @param bound k
     */
    Counted count(@Nullable Instant until, int bound, Year today) throws IOException, SQLException {
        Ranges everybody = new PatientRanges(caller, Collections.emptySortedSet());
        Wanted patients = new Wanted(Set.of("Patient"), null, until, Map.of());
        Map<QuasiIdentifiers, Integer> counts = new HashMap<>();
        Set<String> ids = new HashSet<>();
        String after = null;
        while (true) {
            lease.require();
            PatientStandings facts =
                    tools.disclosure().standings(caller, tools.clock().instant());
            List<Standing> range = everybody.next(facts, after, COUNTED_AT_ONCE);
            if (range.isEmpty()) {
                return new Counted(SmallGroups.of(counts, bound), ids);
            }
            range.forEach(standing -> ids.add(standing.patientId()));
            RecordFactsReader reader = new RecordFactsReader(tools.disclosure().references());
            List<String> paths = range.stream()
                    .map(standing -> "Patient/" + standing.patientId())
                    .toList();
            RecordSink records = stored -> model.resource(stored)
                    .filter(Patient.class::isInstance)
                    .filter(patient ->
                            tools.disclosure().decide(caller, reader.read(patient), facts) instanceof Decision.Permit)
                    .ifPresent(patient -> counts.merge(QuasiIdentifiers.of((Patient) patient, today), 1, Integer::sum));
            tools.records().inSnapshot(snapshot -> snapshot.named(paths, patients, records));
            after = range.get(range.size() - 1).patientId();
        }
    }
}
