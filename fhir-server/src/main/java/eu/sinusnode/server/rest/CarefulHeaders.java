package eu.sinusnode.server.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * What browsers are told with every answer: run nothing of it, frame it nowhere, keep no copy and say nowhere where it came
 * from. The security chain writes them on what it lets through; refusals that are made before it or beside it ask here.
 */
public final class CarefulHeaders {

    public static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", CONTENT_POLICY,
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Cache-Control", "no-store");

    private CarefulHeaders() {}

    /** Sets those that are not set yet. */
    static void on(HttpServletResponse response) {
        ALL.forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
    }
}
