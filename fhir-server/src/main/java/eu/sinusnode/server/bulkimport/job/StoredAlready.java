package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.server.bulkimport.job.Portion.Candidate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * Recognises what is stored, or stands earlier in the same portion, by identifier or chosen id. The same content is there
 * already; another one is refused, since nobody reads the answers of an import line by line.
 */
final class StoredAlready {

    private static final String OTHER = "Another content is stored under the id or the identifier of the line.";

    private final BulkWrites writes;
    /** What the lines' records are recognised by. */
    private final Map<RequestedWrite, List<SentIdentifier>> identifiers = new IdentityHashMap<>();

    private final Map<SentIdentifier, String> stored;
    private final Map<Object, Resource> earlier = new HashMap<>();

    StoredAlready(BulkWrites writes, SentRecords sent, Caller caller, List<Candidate> candidates) {
        this.writes = writes;
        candidates.forEach(candidate -> identifiers.put(candidate.write(), identifiersOf(candidate.write())));
        this.stored = sent.find(
                Sender.of(caller),
                identifiers.values().stream().flatMap(List::stream).distinct().toList());
    }

    /** Whether the line is dealt with: it is there already, or refused. */
    boolean settles(Candidate candidate, Portion portion) {
        Optional<Resource> other = find(candidate.write());
        other.ifPresent(found -> settle(candidate, found, portion));
        return other.isPresent();
    }

    static void settle(Candidate candidate, Resource found, Portion portion) {
        if (isSame(candidate.write().resource(), found)) {
            portion.known();
        } else {
            portion.refuse(Refusal.of(candidate.line(), RequestProblem.IMPORT_CONTENT, OTHER));
        }
    }

    private Optional<Resource> find(RequestedWrite write) {
        List<? extends Object> keys = keys(write);
        for (Object key : keys) {
            Optional<Resource> found = Optional.ofNullable(earlier.get(key)).or(() -> current(write, key));
            if (found.isPresent()) {
                return found;
            }
        }
        keys.forEach(key -> earlier.put(key, write.resource()));
        return Optional.empty();
    }

    private Optional<Resource> current(RequestedWrite write, Object key) {
        if (key instanceof SentIdentifier identifier) {
            return Optional.ofNullable(stored.get(identifier)).flatMap(id -> writes.current(write.resourceType(), id));
        }
        return write.interaction() == Interaction.UPDATE
                ? writes.current(write.resourceType(), String.valueOf(write.id()))
                : Optional.empty();
    }

    /** What is created under a condition is looked for by the storage. */
    private List<? extends Object> keys(RequestedWrite write) {
        if (write.id() != null) {
            return List.of(write.path());
        }
        return write.ifNoneExist() == null ? identifiers.getOrDefault(write, List.of()) : List.of(write.ifNoneExist());
    }

    /** Of a vital its identifiers as such, of other records the first. */
    private static List<SentIdentifier> identifiersOf(RequestedWrite write) {
        if (write.id() != null || write.ifNoneExist() != null) {
            return List.of();
        }
        List<SentIdentifier> all = SentIdentifier.of(write.resource());
        List<SentIdentifier> vitals =
                all.stream().filter(SentIdentifier::isVital).toList();
        return vitals.isEmpty() ? all.stream().limit(1).toList() : vitals;
    }

    /** But for what the server adds: id, version, time, labels. */
    private static boolean isSame(Resource sent, Resource stored) {
        return Base.compareDeep(bare(sent), bare(stored), true);
    }

    private static Resource bare(Resource record) {
        Resource bare = record.copy();
        bare.setId((String) null);
        bare.setMeta(null);
        return bare;
    }
}
