package eu.sinusnode.analysis.job;

/** Told how far a run has come: at its beginning and after each range. What it fails with ends the run. */
@FunctionalInterface
public interface RunProgress {

    void at(Checkpoint.State reached);

    /** The run is over, whole or not. */
    default void over() {}

    /** Tells both. */
    default RunProgress and(RunProgress other) {
        RunProgress one = this;
        return new RunProgress() {
            @Override
            public void at(Checkpoint.State reached) {
                one.at(reached);
                other.at(reached);
            }

            @Override
            public void over() {
                one.over();
                other.over();
            }
        };
    }
}
