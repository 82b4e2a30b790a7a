package eu.sinusnode.server.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Waits for a client to take its answer no longer than its pace allows; then the connection is given up. */
final class SlowReaderFilter extends OncePerRequestFilter {

    private final Pace pace;
    private final RequestTime time;

    SlowReaderFilter(Pace pace, RequestTime time) {
        this.pace = pace;
        this.time = time;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        WatchedResponse paced = new WatchedResponse(
                response, output -> new PacedOutput(output, new Waiting(pace, time, System::nanoTime)));
        chain.doFilter(request, paced);
        paced.finish();
    }
}
