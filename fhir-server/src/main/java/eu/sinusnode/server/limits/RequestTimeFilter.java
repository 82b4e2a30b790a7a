package eu.sinusnode.server.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Begins and ends the time of a request. */
final class RequestTimeFilter extends OncePerRequestFilter {

    private final RequestTime time;
    private final Duration limit;

    RequestTimeFilter(RequestTime time, Duration limit) {
        this.time = time;
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        time.begin(limit);
        try {
            chain.doFilter(request, response);
        } finally {
            time.end();
        }
    }
}
