package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.profiles.ImposedProfiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a clinician let hold with a therapy plan stays, since the release names it: without the record nobody could tell
 * any more what was signed. The storage keeps what is referred to from being deleted, but not where a version is named.
 */
final class ReleasedRecords {

    private static final String PROVENANCE = "Provenance";

    /** What a release may name. */
    private static final Set<String> TYPES = Set.of("CarePlan", "Goal", "ServiceRequest", "Task");

    /** A record with as many is not looked at further, and stays. */
    private static final int MOST = 100;

    private final RecordSearch search;
    private final StoredRecords stored;

    ReleasedRecords(RecordSearch search, StoredRecords stored) {
        this.search = search;
        this.stored = stored;
    }

    /** Whether the record may be deleted as far as releases are concerned. */
    Decision decide(Resource record) {
        return TYPES.contains(record.fhirType()) && isReleased(record)
                ? new Decision.Deny(DenialCode.SIGNED, "a clinician has released it with a therapy plan")
                : Decision.Permit.of("deletion", "no release names it");
    }

    private boolean isReleased(Resource record) {
        String path = record.fhirType() + "/" + record.getIdElement().getIdPart();
        List<String> naming = search.ids(PROVENANCE, Map.of("target", List.of(path)), MOST);
        List<String> paths = naming.stream().map(id -> PROVENANCE + "/" + id).toList();
        return naming.size() >= MOST
                || stored.currentOf(paths).values().stream()
                        .anyMatch(found ->
                                found instanceof Provenance provenance && ImposedProfiles.isRelease(provenance));
    }
}
