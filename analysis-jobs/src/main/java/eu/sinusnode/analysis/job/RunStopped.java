package eu.sinusnode.analysis.job;

/** A run was asked to stop before it was whole; the next one goes on with what is not finished. */
public final class RunStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunStopped() {
        super("asked to stop");
    }
}
