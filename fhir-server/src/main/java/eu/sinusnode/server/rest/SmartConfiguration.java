package eu.sinusnode.server.rest;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.configuration.OAuthProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The SMART App Launch 2 discovery document: what is true today, PKCE with S256 alone. */
public final class SmartConfiguration {

    private static final List<String> CAPABILITIES = List.of(
            "launch-ehr",
            "launch-standalone",
            "client-public",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-banner",
            "context-ehr-patient",
            "context-standalone-patient",
            "permission-offline",
            "permission-online",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2");

    /** What a launch asks for beside records. */
    private static final List<String> LAUNCH_SCOPES =
            List.of("openid", "fhirUser", "launch", "launch/patient", "offline_access", "online_access");

    private SmartConfiguration() {}

    static Map<String, Object> of(OAuthProperties oauth) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", oauth.issuer());
        document.put("jwks_uri", oauth.keys());
        document.put("authorization_endpoint", authorizationEndpoint(oauth));
        document.put("token_endpoint", tokenEndpoint(oauth));
        document.put("introspection_endpoint", tokenEndpoint(oauth) + "/introspect");
        document.put("revocation_endpoint", oauth.issuer() + "/protocol/openid-connect/revoke");
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials"));
        document.put("response_types_supported", List.of("code"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("token_endpoint_auth_methods_supported", List.of("none", "private_key_jwt"));
        document.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        document.put("scopes_supported", scopes());
        document.put("capabilities", CAPABILITIES);
        return document;
    }

    public static String authorizationEndpoint(OAuthProperties oauth) {
        return oauth.issuer() + "/protocol/openid-connect/auth";
    }

    public static String tokenEndpoint(OAuthProperties oauth) {
        return oauth.issuer() + "/protocol/openid-connect/token";
    }

    private static SortedSet<String> scopes() {
        SortedSet<String> scopes = new TreeSet<>(LAUNCH_SCOPES);
        for (CallerKind kind : CallerKind.values()) {
            scopes.addAll(AccessMatrix.standard().offeredScopes(kind));
        }
        return scopes;
    }
}
