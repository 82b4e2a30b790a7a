package eu.sinusnode.analysis.job;

/**
 * What a run came to.
 *
 * @param full whether it read everybody, and not only those of whom something had changed
 */
public record RunResult(boolean full, RunCounts counts) {}
