package eu.sinusnode.analysis.reading;

/** The server never gave out the sequence to read from; it was restored from a backup, say. Everybody has to be read. */
public final class UnknownSequence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownSequence(Throwable refusal) {
        super("The server does not know how far the last run had read", refusal);
    }
}
