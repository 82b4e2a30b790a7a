package eu.sinusnode.server.interactions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a history is asked for (http.html#history).
 *
 * @param since only versions from then on
 * @param from with {@code until}: only versions that were current at some time between the two
 */
public record HistoryWindow(
        @Nullable Instant since,
        @Nullable Instant from,
        @Nullable Instant until) {}
