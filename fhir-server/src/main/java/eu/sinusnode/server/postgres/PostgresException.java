package eu.sinusnode.server.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be brought into the wanted state; the message says what was tried and what to do. */
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresException(String message) {
        super(message);
    }

    PostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
