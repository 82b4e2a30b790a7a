package eu.sinusnode.policy.narrowing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A search (search.html) for vital signs of one patient, or of everybody who permits it to the caller: what it asks is all
 * there is to it, so that it can be answered from the readings of vital signs instead of the storage's index.
 *
 * @param patient the id of the one patient whom the caller may find; null for everybody
 * @param codes LOINC codes, of which an Observation carries at least one
 * @param statuses one of which it has; null is every status
 * @param descending newest first, else oldest first
 * @param count how many a page; null leaves it to the server
 * @param after where the page begins, as an earlier page told; null for the first one
 */
public record PopulationSearch(
        @Nullable String patient,
        SortedSet<String> codes,
        @Nullable SortedSet<String> statuses,
        Dates dates,
        boolean descending,
        @Nullable Integer count,
        @Nullable String after)
        implements DecidedSearch {

    /** The same, of one patient. */
    PopulationSearch of(String patientId) {
        return new PopulationSearch(patientId, codes, statuses, dates, descending, count, after);
    }

    /**
     * When it was measured. Either days, which are those that the Observation states in its own offset, or instants.
     *
     * @param fromDay inclusive
     * @param toDay inclusive
     * @param from inclusive
     * @param before exclusive
     * @param within whether what reaches across an edge is left out, as {@code eq} wants it
     */
    public record Dates(
            @Nullable LocalDate fromDay,
            @Nullable LocalDate toDay,
            @Nullable Instant from,
            @Nullable Instant before,
            boolean within) {
        public static final Dates ANY = new Dates(null, null, null, null, false);
    }
}
