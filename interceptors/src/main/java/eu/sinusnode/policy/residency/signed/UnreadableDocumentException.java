package eu.sinusnode.policy.residency.signed;

/** The text is no residency document; the message says which member and what is wrong with it. */
public final class UnreadableDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableDocumentException(String what) {
        super(what);
    }
}
