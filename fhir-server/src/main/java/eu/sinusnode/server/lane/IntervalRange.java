package eu.sinusnode.server.lane;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code $rr-intervals} call asks for.
 *
 * @param patients whose permits decide, and which patients
 * @param named ids of single patients in place of a range; empty: the range
 * @param newest how many series of a patient at most, or null for all
 * @param until only series that began by then, or null for no end
 */
record IntervalRange(
        ReadingRange patients,
        SortedSet<String> named,
        @Nullable Integer newest,
        @Nullable Instant until) {}
