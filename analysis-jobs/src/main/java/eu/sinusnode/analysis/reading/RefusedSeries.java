package eu.sinusnode.analysis.reading;

import java.time.OffsetDateTime;

/**
 * A recording that could not be used.
 *
 * @param reference the version of its Observation
 * @param reason in words, as the end of "was not used: …"
 */
public record RefusedSeries(String reference, OffsetDateTime start, String reason) {}
