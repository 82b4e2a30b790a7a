package eu.sinusnode.analysis.job;

import java.time.Duration;

/**
 * What a run came to.
 *
 * @param full whether it read everybody, and not only those of whom something had changed
 * @param took from its beginning to its end
 */
public record RunResult(boolean full, RunCounts counts, Duration took) {}
