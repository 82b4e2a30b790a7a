package eu.sinusnode.server.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Bearer tokens for what goes on after their request: each is looked at like that of a new request, again and again. What nobody
 * can say is no.
 */
public final class LiveTokens {

    private final JwtDecoder decoder;
    private final EndedSessions ended;
    private final TokenStanding standing;
    private final Clock clock;

    LiveTokens(JwtDecoder decoder, EndedSessions ended, TokenStanding standing, Clock clock) {
        this.decoder = decoder;
        this.ended = ended;
        this.standing = standing;
        this.clock = clock;
    }

    /** The token of the request that this thread works on. */
    public Jwt presented() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            return token.getToken();
        }
        throw new IllegalStateException("The request has no token.");
    }

    /**
     * @param certificate that the client showed; null for none
     * @return empty when a request with the token would be refused now
     */
    public Optional<Jwt> accepted(String bearer, @Nullable X509Certificate certificate) {
        try {
            return Optional.of(decoder.decode(bearer))
                    .filter(token -> CertificateBinding.holds(token, certificate))
                    .filter(this::stands);
        } catch (JwtException refused) {
            return Optional.empty();
        }
    }

    /** Whether a token that was accepted before would be now. */
    public boolean stands(Jwt token) {
        Instant expires = token.getExpiresAt();
        try {
            return expires != null
                    && clock.instant().isBefore(expires)
                    && !ended.cover(token)
                    && standing.stands(token);
        } catch (StandingUnknownException unknown) {
            return false;
        }
    }
}
