package eu.sinusnode.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Judges a page's origin as Spring does; what it refuses is audited and answered like every other refusal. */
final class AuditedOrigins extends DefaultCorsProcessor {

    private final Refusal refusal;

    AuditedOrigins(Refusal refusal) {
        this.refusal = refusal;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean goesOn = super.processRequest(allowed, request, response);
        if (!goesOn) {
            refusal.foreignOrigin(request, response);
        }
        return goesOn;
    }

    /** Writes nothing: the answer needs the request. */
    @Override
    protected void rejectRequest(ServerHttpResponse response) {}
}
