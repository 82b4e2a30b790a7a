package eu.sinusnode.server.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Introspection with the server's own client.
 */
final class HttpIntrospection implements Introspection {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutboundHttp http;
    private final OAuthProperties oauth;
    private final ClientAssertion assertion;

    HttpIntrospection(OutboundHttp http, OAuthProperties oauth, ClientAssertion assertion) {
        this.http = http;
        this.oauth = oauth;
        this.assertion = assertion;
    }

    @Override
    public boolean isActive(String token) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("token_type_hint", "access_token");
        form.putAll(assertion.parameters());
        OutboundHttp.Answer answer = http.postForm(URI.create(oauth.introspection()), form);
        if (answer.status() != 200) {
            throw new IOException("Introspection was answered with status " + answer.status() + ".");
        }
        JsonNode active = JSON.readTree(answer.body()).path("active");
        if (!active.isBoolean()) {
            throw new IOException("Introspection was answered without 'active'.");
        }
        return active.booleanValue();
    }
}
