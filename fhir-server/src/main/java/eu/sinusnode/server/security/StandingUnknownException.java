package eu.sinusnode.server.security;

/** The issuer cannot be asked about a token; the request ends in a 503, since it must not be guessed. */
public final class StandingUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StandingUnknownException(String what, Throwable cause) {
        super(what, cause);
    }
}
