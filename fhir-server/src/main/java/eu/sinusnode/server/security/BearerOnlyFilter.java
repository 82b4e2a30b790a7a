package eu.sinusnode.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One bearer token, once. Spring Security would take up a DPoP proof too and refuse it with an answer of its own, which
 * nobody audits; and of two headers it would read the first, where a proxy may have read the second.
 */
final class BearerOnlyFilter extends OncePerRequestFilter {

    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";

    private final AuthenticationEntryPoint refusal;

    BearerOnlyFilter(AuthenticationEntryPoint refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> credentials = Collections.list(request.getHeaders(HEADER));
        boolean none = credentials.isEmpty();
        boolean oneToken =
                credentials.size() == 1 && credentials.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (none || oneToken) {
            chain.doFilter(request, response);
        } else {
            refusal.commence(
                    request,
                    response,
                    new InsufficientAuthenticationException("The credentials are no one bearer token."));
        }
    }
}
