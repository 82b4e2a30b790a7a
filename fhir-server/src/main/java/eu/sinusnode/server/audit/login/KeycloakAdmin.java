package eu.sinusnode.server.audit.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.security.ClientAssertion;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the realm's events with the server's own client ({@code private_key_jwt}). */
final class KeycloakAdmin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 100;

    private final String issuer;
    private final OutboundHttp http;
    private final ClientAssertion assertion;

    /** @param issuer the realm's issuer URL, {@code …/realms/<realm>} */
    KeycloakAdmin(String issuer, OutboundHttp http, ClientAssertion assertion) {
        this.issuer = issuer;
        this.http = http;
        this.assertion = assertion;
    }

    /** @return events at or after the day of {@code since}, newest first as Keycloak gives them, until one is older */
    List<KeycloakEvent> eventsSince(Instant since) throws IOException {
        String token = token();
        List<KeycloakEvent> events = new ArrayList<>(pages("events", since, token, KeycloakEvent::ofUser));
        events.addAll(pages("admin-events", since, token, KeycloakEvent::ofAdmin));
        return events;
    }

    private List<KeycloakEvent> pages(
            String kind, Instant since, String token, Function<JsonNode, KeycloakEvent> reader) throws IOException {
        List<KeycloakEvent> events = new ArrayList<>();
        for (int page = 0; page < MAX_PAGES; page++) {
            URI uri = URI.create(issuer.replace("/realms/", "/admin/realms/") + "/" + kind + "?first=" + page * PAGE
                    + "&max=" + PAGE);
            OutboundHttp.Answer answer = http.get(uri, token);
            if (answer.status() != 200) {
                throw new IOException("Keycloak answers " + answer.status() + " when asked for its " + kind);
            }
            JsonNode found = JSON.readTree(answer.body());
            boolean older = false;
            for (JsonNode node : found) {
                KeycloakEvent event = reader.apply(node);
                older |= event.time().isBefore(since);
                if (!event.time().isBefore(since)) {
                    events.add(event);
                }
            }
            if (older || found.size() < PAGE) {
                return events;
            }
        }
        return events;
    }

    private String token() throws IOException {
        Map<String, String> form = new LinkedHashMap<>(assertion.parameters());
        form.put("grant_type", "client_credentials");
        OutboundHttp.Answer answer = http.postForm(URI.create(issuer + "/protocol/openid-connect/token"), form);
        if (answer.status() != 200) {
            throw new IOException("Keycloak gives the server no token for reading events: " + answer.status());
        }
        return JSON.readTree(answer.body()).path("access_token").asText();
    }
}
