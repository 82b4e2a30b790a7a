package eu.sinusnode.server.everything;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of a patient's record.
 *
 * @param types types of patients' records in the order in which they come, each open to the caller
 * @param comingAlong types of records of nobody that come when a record of the page refers to them
 * @param start care from then on
 * @param end care until then
 * @param since only records that were last changed after this instant
 * @param count records on a page
 * @param after behind which record the page begins; null for the first page
 */
record Wanted(
        List<String> types,
        Set<String> comingAlong,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Instant since,
        int count,
        @Nullable Place after) {

    Wanted {
        types = List.copyOf(types);
        comingAlong = Set.copyOf(comingAlong);
    }
}
