package eu.sinusnode.analysis.job;

/** Told after each range how far the run has come. */
@FunctionalInterface
public interface RunProgress {

    void at(RunCounts counts);
}
