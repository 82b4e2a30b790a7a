package eu.sinusnode.analysis.model;

/** A model file is not what its manifest says, or holds what a model file may not hold. It is never used then. */
public final class ModelRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelRefused(String message) {
        super(message);
    }

    public ModelRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
