package eu.sinusnode.launcher.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;

/**
 * Where an app belongs.
 *
 * @param fhirBase the one FHIR server that it opens
 * @param issuer its authorization server
 * @param clientId the app's name there
 */
public record AppSettings(URI fhirBase, URI issuer, String clientId) {

    /** What the app's pages read: {@code {"fhirBase":"…","clientId":"…"}}. */
    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fhirBase", fhirBase.toString())
                .put("clientId", clientId)
                .toString();
    }

    /** The pages run our own scripts alone, and these speak with the two servers and nobody else. */
    String contentSecurityPolicy() {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self' " + origin(fhirBase) + " " + origin(issuer),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
