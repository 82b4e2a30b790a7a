package eu.sinusnode.keycloak.token;

import org.jspecify.annotations.Nullable;

/** No token: a plain sentence says what was refused, or that the authorization server could not be reached. */
public final class TokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    TokenException(String error, String sentence) {
        this(error, sentence, null);
    }

    TokenException(String error, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.error = error;
    }

    /**
     * The OAuth error code, such as {@code invalid_client}; {@code login_refused} when the login page refused the
     * person, {@code unreachable} when there was no answer.
     */
    public String error() {
        return error;
    }
}
