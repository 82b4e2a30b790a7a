package eu.sinusnode.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Nobody who is let in may take the server away from the others: limits for a client, and for a person. */
final class CallerRateFilter extends OncePerRequestFilter {

    private final RateLimit ofClients;
    private final RateLimit ofPeople;
    private final Refusal refusal;

    CallerRateFilter(RateLimit ofClients, RateLimit ofPeople, Refusal refusal) {
        this.ofClients = ofClients;
        this.ofPeople = ofPeople;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication) {
            Jwt token = authentication.getToken();
            if (isOver(ofClients, token.getClaimAsString("azp"), request, response)
                    || token.hasClaim("fhirUser") && isOver(ofPeople, token.getSubject(), request, response)) {
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean isOver(RateLimit limit, String key, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String named = String.valueOf(key);
        long seconds = limit.spend(named);
        if (seconds > 0) {
            refusal.tooMany(request, response, seconds, limit.isNews(named));
        }
        return seconds > 0;
    }
}
