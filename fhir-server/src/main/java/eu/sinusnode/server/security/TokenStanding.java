package eu.sinusnode.server.security;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whether a token that is valid by itself still stands with its issuer: its session goes on, and neither its client nor its
 * person is blocked. A token lives minutes; who is blocked must be out sooner.
 */
public interface TokenStanding {

    /**
     * @return false when the issuer has ended it
     * @throws StandingUnknownException when the issuer cannot say, and has not said lately enough
     */
    boolean stands(Jwt token);
}
