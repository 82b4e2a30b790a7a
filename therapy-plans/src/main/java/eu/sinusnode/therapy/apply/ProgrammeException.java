package eu.sinusnode.therapy.apply;

/** A programme cannot be applied: it is outside what this engine understands, or not made for the patient. */
public final class ProgrammeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** The definition asks for something that is not understood; no patient changes that. */
        NOT_UNDERSTOOD,
        /** The record says that the programme's own condition does not hold. */
        NOT_APPLICABLE
    }

    private final Reason reason;

    ProgrammeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
