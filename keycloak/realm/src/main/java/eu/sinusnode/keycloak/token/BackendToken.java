package eu.sinusnode.keycloak.token;

import com.nimbusds.jose.jwk.JWK;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens for a backend client: client credentials with a signed assertion. Safe for use by several threads. */
public final class BackendToken {

    private final TokenHttp http = new TokenHttp(TokenHttp.client().build());
    private final Issuer issuer;
    private final String clientId;
    private final JWK key;

    /** @param key the client's private key, EC P-384 or RSA, with a {@code kid} that the server knows */
    public BackendToken(Issuer issuer, String clientId, JWK key) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.key = key;
    }

    /**
     * A new token with these scopes and no others.
     *
     * @param scopes names as the realm has them; with none the token gives no access to data
     * @throws TokenException when it is refused, as for a scope that is not open to the client, or there is no answer
     */
    public AccessToken fetch(Collection<String> scopes) {
        return exchange(ClientAssertion.now(clientId, issuer).sign(key), scopes);
    }

    /** With an assertion made by the caller; for attacks in tests, and for keys that live elsewhere. */
    public AccessToken exchange(String assertion, Collection<String> scopes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        if (!scopes.isEmpty()) {
            form.put("scope", String.join(" ", scopes));
        }
        return http.token(issuer, "client " + clientId, form);
    }
}
