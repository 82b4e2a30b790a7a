package eu.sinusnode.keycloak.admin;

import org.jspecify.annotations.Nullable;

/** Keycloak's administration refused something or did not answer; the message says what. */
public final class AdminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AdminException(String sentence) {
        this(sentence, null);
    }

    AdminException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
