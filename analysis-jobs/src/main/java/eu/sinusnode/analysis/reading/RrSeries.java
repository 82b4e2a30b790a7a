package eu.sinusnode.analysis.reading;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One recording of RR intervals.
 *
 * @param reference the version of the series' Observation, e.g. {@code Observation/17/_history/2}
 * @param sources versions of the DocumentReference and Binary that hold the intervals
 * @param intervals in ms, in the order of the beats; not to be changed
 */
public record RrSeries(
        String reference, List<String> sources, OffsetDateTime start, OffsetDateTime end, int[] intervals) {}
