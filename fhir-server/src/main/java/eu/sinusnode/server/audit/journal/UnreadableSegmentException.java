package eu.sinusnode.server.audit.journal;

/** A segment, as a whole, cannot be read: no header, or its key is gone. */
final class UnreadableSegmentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean unfinished;

    UnreadableSegmentException(String why, boolean unfinished) {
        super(why);
        this.unfinished = unfinished;
    }

    /** Whether it was just being made when the process ended; nothing was in it then. */
    boolean isUnfinished() {
        return unfinished;
    }
}
