package eu.sinusnode.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** An address that keeps sending bad tokens is not worked for until it has paused; each try costs a check and an audit. */
final class FailureRateFilter extends OncePerRequestFilter {

    private final RateLimit failures;
    private final Refusal refusal;

    FailureRateFilter(RateLimit failures, Refusal refusal) {
        this.failures = failures;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        long seconds = failures.lookAt(address);
        if (seconds > 0) {
            refusal.tooMany(request, response, seconds, failures.isNews(address));
            return;
        }
        chain.doFilter(request, response);
        if (hadBadToken(request, response)) {
            failures.spend(address);
        }
    }

    private static boolean hadBadToken(HttpServletRequest request, HttpServletResponse response) {
        return response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED
                || response.getStatus() == HttpServletResponse.SC_BAD_REQUEST
                        && LogoutServlet.PATH.equals(request.getRequestURI());
    }
}
