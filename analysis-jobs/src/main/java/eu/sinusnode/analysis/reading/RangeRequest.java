package eu.sinusnode.analysis.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which patients are read next.
 *
 * @param after id of the last patient of the range before; null begins at the first
 * @param through no patient whose id sorts after this one; null: no end
 * @param patients how many at most; 0 only asks whether there are any
 * @param since only patients of whom something has changed since the answer that gave this sequence; null: all
 * @param asOf nothing later is read
 */
public record RangeRequest(
        @Nullable String after,
        @Nullable String through,
        int patients,
        @Nullable Long since,
        Instant asOf) {}
