package eu.sinusnode.server.security;

import eu.sinusnode.server.configuration.CorsProperties;
import java.time.Duration;
import java.util.List;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * What pages of the listed origins may send and read. Cookies never count here, so none are allowed; a request from any
 * other origin's page is refused.
 */
final class BrowserOrigins {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> SENT = List.of(
            "Authorization",
            "Accept",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-None-Exist",
            "Prefer",
            "X-Request-ID");
    private static final List<String> READ = List.of(
            "ETag", "Last-Modified", "Location", "Content-Location", "X-Request-ID", "WWW-Authenticate", "Retry-After");
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private BrowserOrigins() {}

    static CorsFilter filter(CorsProperties properties, Refusal refusal) {
        CorsFilter filter = new CorsFilter(source(properties));
        filter.setCorsProcessor(new AuditedOrigins(refusal));
        return filter;
    }

    private static CorsConfigurationSource source(CorsProperties properties) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(properties.origins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(READ);
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(REMEMBERED);
        // On every path: Spring matches paths below a servlet, and ours are several servlets.
        return request -> allowed;
    }
}
