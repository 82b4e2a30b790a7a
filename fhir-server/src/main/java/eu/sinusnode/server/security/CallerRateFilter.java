package eu.sinusnode.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Nobody who is let in may take the server away from the others: limits for a client, and for a person. */
final class CallerRateFilter extends OncePerRequestFilter {

    private final CallerRates rates;
    private final Refusal refusal;

    CallerRateFilter(CallerRates rates, Refusal refusal) {
        this.rates = rates;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<CallerRates.Excess> excess = rates.spend();
        if (excess.isPresent()) {
            refusal.tooMany(
                    request, response, excess.get().seconds(), excess.get().news());
        } else {
            chain.doFilter(request, response);
        }
    }
}
