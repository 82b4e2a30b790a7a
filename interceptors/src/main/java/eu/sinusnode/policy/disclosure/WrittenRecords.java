package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a request has stored, by what was done. A create that was answered with a record that is stored already has told
 * its sender that record's id: it counts as a read.
 */
final class WrittenRecords {

    private static final String CREATED = "201";
    private static final Pattern LOCATION =
            Pattern.compile("(?:.*/)?[A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?");

    private final Map<AuditedInteraction, List<AuditedRecord>> byInteraction = new EnumMap<>(AuditedInteraction.class);

    private WrittenRecords() {}

    /**
     * @param answer the transaction's, one entry a write in the same order
     * @param stored what the storage holds beside these records
     */
    static Map<AuditedInteraction, List<AuditedRecord>> ofTransaction(
            List<RequestedWrite> writes, Bundle answer, References stored) {
        List<IdType> ids = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            ids.add(id(writes.get(i), response(answer, i)));
        }
        RecordOwners owners = new RecordOwners(new AsStored(writes, ids, stored));
        WrittenRecords written = new WrittenRecords();
        for (int i = 0; i < writes.size(); i++) {
            String status = String.valueOf(response(answer, i).getStatus());
            written.add(writes.get(i), ids.get(i), status.startsWith(CREATED), owners);
        }
        return written.byInteraction;
    }

    /**
     * @param answer null when the answer shows no resource
     * @param created whether the answer says that the record is new
     */
    static Map<AuditedInteraction, List<AuditedRecord>> ofOne(
            RequestedWrite write, @Nullable Resource answer, boolean created, References stored) {
        boolean same = answer != null && answer.fhirType().equals(write.resourceType());
        IdType id = new IdType();
        if (created || write.interaction() == Interaction.UPDATE) {
            id = write.resource().getIdElement();
        } else if (answer != null && same) {
            id = answer.getIdElement();
        }
        WrittenRecords written = new WrittenRecords();
        written.add(write, id, created, new RecordOwners(new AsStored(List.of(write), List.of(id), stored)));
        return written.byInteraction;
    }

    private void add(RequestedWrite write, IdType id, boolean created, RecordOwners owners) {
        AuditedInteraction done = AuditedInteraction.UPDATE;
        if (write.interaction() == Interaction.CREATE) {
            done = created ? AuditedInteraction.CREATE : AuditedInteraction.READ;
        }
        byInteraction
                .computeIfAbsent(done, key -> new ArrayList<>())
                .addAll(AnsweredRecords.of(
                        owners.of(write.resource(), Optional.ofNullable(id.getIdPart())),
                        write.resourceType(),
                        id.getIdPart(),
                        id.getVersionIdPart()));
    }

    private static BundleEntryResponseComponent response(Bundle answer, int entry) {
        return entry < answer.getEntry().size()
                ? answer.getEntry().get(entry).getResponse()
                : new BundleEntryResponseComponent();
    }

    private static IdType id(RequestedWrite write, BundleEntryResponseComponent response) {
        String location = response.getLocation();
        return location != null && LOCATION.matcher(location).matches()
                ? new IdType(location)
                : write.resource().getIdElement();
    }

    /** Names as they are once the request is stored: those that it had inside the request lead to the records' ids. */
    private static final class AsStored implements References {
        private final Map<String, String> paths = new HashMap<>();
        private final Map<String, Resource> written = new HashMap<>();
        private final References stored;

        private AsStored(List<RequestedWrite> writes, List<IdType> ids, References stored) {
            this.stored = stored;
            for (int i = 0; i < writes.size(); i++) {
                RequestedWrite write = writes.get(i);
                String path = write.resourceType() + "/" + ids.get(i).getIdPart();
                written.put(path, write.resource());
                if (write.placeholder() != null) {
                    paths.put(write.placeholder(), path);
                }
            }
        }

        @Override
        public Optional<String> canonical(String reference) {
            String path = paths.get(reference);
            return path == null ? stored.canonical(reference) : Optional.of(path);
        }

        @Override
        public Optional<Resource> find(String canonical) {
            Resource own = written.get(canonical);
            return own == null ? stored.find(canonical) : Optional.of(own);
        }

        @Override
        public Set<String> shared(String resourceType, Collection<String> patientIds, int most) {
            return stored.shared(resourceType, patientIds, most);
        }
    }
}
