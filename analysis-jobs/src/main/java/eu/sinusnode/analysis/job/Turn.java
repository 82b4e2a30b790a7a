package eu.sinusnode.analysis.job;

/** When a range of patients may be read, scored and written. */
@FunctionalInterface
public interface Turn {

    Turn AT_ONCE = Runnable::run;

    /** Returns when the range was worked on. */
    void take(Runnable range);
}
