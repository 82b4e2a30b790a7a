package eu.sinusnode.server.keys;

/** A key cannot be had; the message is a sentence for the operator and names no key material. */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyException(String sentence) {
        super(sentence);
    }

    KeyException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
