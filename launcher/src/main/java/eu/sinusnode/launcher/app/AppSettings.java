package eu.sinusnode.launcher.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.home.Installation;
import java.net.URI;

/**
 * Where an app belongs.
 *
 * @param fhirBase the one FHIR server that it opens
 * @param issuer its authorization server
 * @param patientClient the client id with which patients log in
 * @param clinicClient the client id with which people of a clinic log in, and which portals launch
 */
public record AppSettings(URI fhirBase, URI issuer, String patientClient, String clinicClient) {

    /** The demo's app of this installation. */
    public static AppSettings of(Installation installation) {
        return new AppSettings(
                URI.create(installation.fhirBase()),
                URI.create(installation.issuer()),
                DemoRegistrations.APP,
                DemoRegistrations.STAFF_APP);
    }

    /** What the app's pages read: {@code {"fhirBase":"…","patientClient":"…","clinicClient":"…"}}. */
    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fhirBase", fhirBase.toString())
                .put("patientClient", patientClient)
                .put("clinicClient", clinicClient)
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
