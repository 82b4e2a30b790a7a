package eu.sinusnode.server.security;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.server.limits.WatchedResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A verified token goes on only while it stands with its issuer and comes with the certificate it is bound to. An answer
 * that streams for minutes is ended in the middle when its token is.
 */
final class StandingFilter extends OncePerRequestFilter {

    private final TokenStanding standing;
    private final TokenStanding ofStreams;
    private final Refusal refusal;

    /** @param ofStreams asked again and again while an answer is on its way */
    StandingFilter(TokenStanding standing, TokenStanding ofStreams, Refusal refusal) {
        this.standing = standing;
        this.ofStreams = ofStreams;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            if (!CertificateBinding.holds(token.getToken(), request)) {
                refusal.refuse(
                        request, response, DenialCode.TOKEN_BINDING, "the certificate is not the one of the token");
                return;
            }
            try {
                if (!standing.stands(token.getToken())) {
                    refusal.refuse(request, response, DenialCode.TOKEN_ENDED, "the issuer has ended the token");
                    return;
                }
            } catch (StandingUnknownException e) {
                refusal.unreachable(request, response, e);
                return;
            }
            WatchedResponse watched = new WatchedResponse(
                    response,
                    output -> new StandingOutput(
                            output,
                            () -> ofStreams.stands(token.getToken()),
                            () -> refusal.endedMeanwhile(request),
                            System::nanoTime));
            chain.doFilter(request, watched);
            watched.finish();
            return;
        }
        chain.doFilter(request, response);
    }
}
