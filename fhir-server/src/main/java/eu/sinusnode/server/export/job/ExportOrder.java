package eu.sinusnode.server.export.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an export is to hold.
 *
 * @param url the kick-off request, for the manifest
 * @param types FHIR resource types, each open to the caller
 * @param since only records that were last changed after this instant
 * @param until only records that were last changed before this instant
 * @param filters by type, searches of which a record must be found by one, e.g. {@code code=http://loinc.org|8867-4}; a
 *     type without any is whole
 * @param elements by type, which elements at the top of a record leave; a type without any is whole
 * @param patients only these of the patients whom the caller may have; null for all of them
 * @param organizedBy FHIR resource type by whose instances the files are organised; null when each file has records of one
 *     type
 * @param pseudonymised how it leaves in the pseudonymised form; null when it leaves as it is stored
 */
public record ExportOrder(
        String url,
        Set<String> types,
        @Nullable Instant since,
        @Nullable Instant until,
        Map<String, List<String>> filters,
        Map<String, Set<String>> elements,
        @Nullable Set<String> patients,
        @Nullable String organizedBy,
        @Nullable Pseudonymised pseudonymised) {

    /**
     * What was decided for a whole export when it was asked for.
     *
     * @param key kid of the key that its pseudonyms are made with
     * @param smallestGroup the fewest patients who may look the same
     */
    public record Pseudonymised(String key, int smallestGroup) {}

    public ExportOrder {
        types = Set.copyOf(types);
        filters = Map.copyOf(filters);
        // One that an earlier version wrote into the table says nothing of them.
        elements = Map.copyOf(Objects.requireNonNullElse(elements, Map.of()));
        patients = patients == null ? null : Set.copyOf(patients);
    }
}
