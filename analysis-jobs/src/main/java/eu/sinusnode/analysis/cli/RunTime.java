package eu.sinusnode.analysis.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** As of when runs without a stated instant score. */
final class RunTime {

    /**
     * Clocks of devices run ahead a little. The server takes values of five minutes to come; one that was left out here
     * would not be looked at again before something else of the patient changes, or the next day.
     */
    static final Duration AHEAD = Duration.ofMinutes(5);

    static final InstantSource SYSTEM =
            () -> Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(AHEAD);

    private RunTime() {}
}
