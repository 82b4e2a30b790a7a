package eu.sinusnode.server.audit.journal;

/** The journal cannot take an entry: a full disk, a fault of it, or it is closed. The request must fail. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    JournalException(String message) {
        super(message);
    }
}
