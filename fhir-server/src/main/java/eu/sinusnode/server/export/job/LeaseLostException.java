package eu.sinusnode.server.export.job;

/** The export was cancelled, or another run has taken it over: nothing more may be written down for it. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("The export is not this run's any more.", null, false, false);
    }
}
