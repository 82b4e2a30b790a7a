package eu.sinusnode.keycloak.process;

import org.jspecify.annotations.Nullable;

/** Keycloak could not be prepared, started or stopped; the message says what happened and where to look. */
public final class KeycloakException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeycloakException(String sentence) {
        this(sentence, null);
    }

    KeycloakException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
