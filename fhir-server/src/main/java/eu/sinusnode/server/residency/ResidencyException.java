package eu.sinusnode.server.residency;

/** The server may not start with its residency file; the message is for the operator and says what is wrong. */
public final class ResidencyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    ResidencyException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What to do, a sentence. */
    public String remedy() {
        return remedy;
    }
}
