package eu.sinusnode.keycloak.token;

import java.net.URI;

/**
 * A Keycloak realm as an OAuth authorization server.
 *
 * @param uri the {@code iss} of its tokens, such as {@code http://127.0.0.1:8081/realms/sinusnode}
 */
public record Issuer(URI uri) {

    public static Issuer of(String uri) {
        return new Issuer(URI.create(uri));
    }

    URI tokenEndpoint() {
        return URI.create(uri + "/protocol/openid-connect/token");
    }

    URI logoutEndpoint() {
        return URI.create(uri + "/protocol/openid-connect/logout");
    }

    URI authorizationEndpoint() {
        return URI.create(uri + "/protocol/openid-connect/auth");
    }
}
