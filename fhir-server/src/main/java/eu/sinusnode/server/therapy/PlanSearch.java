package eu.sinusnode.server.therapy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;

/** Finds what a plan consists of and what was done. */
interface PlanSearch {

    /** @param query percent-encoded, with {@code _count} as the most that is wanted */
    <T extends Resource> List<T> find(Class<T> type, String query);

    /** As {@link #find}; empty when the caller may not search so. */
    <T extends Resource> Optional<List<T>> search(Class<T> type, String query);

    /**
     * What a record was.
     *
     * @return versions that were the newest at some time from then on, the oldest first; without those that are not to be had
     */
    <T extends Resource> List<T> versions(Class<T> type, IIdType id, Instant since);
}
