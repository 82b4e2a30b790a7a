package eu.sinusnode.server.audit.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.outbound.AnswerTooLargeException;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.security.ClientAssertion;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the realm's events with the server's own client ({@code private_key_jwt}), the oldest first, page by page. The next
 * page begins at the last event's instant, not at a number: events that Keycloak deletes meanwhile move no other one out of
 * sight. A token's event has its scopes, thousands of characters: a page that is larger than an answer may be is asked for
 * in halves, and of an event that is too large alone the audit has that it is there.
 */
final class KeycloakAdmin implements LoginImporter.KeycloakSource {

    static final int PAGE = 100;

    /** Longer than the realm keeps events. */
    private static final Duration KEPT = Duration.ofDays(8);

    private static final int UNAUTHORIZED = 401;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String issuer;
    private final OutboundHttp http;
    private final ClientAssertion assertion;
    private String token = "";

    /** @param issuer the realm's issuer URL, {@code …/realms/<realm>} */
    KeycloakAdmin(String issuer, OutboundHttp http, ClientAssertion assertion) {
        this.issuer = issuer;
        this.http = http;
        this.assertion = assertion;
    }

    @Override
    public void read(EventKind kind, Instant since, LoginImporter.Page page) throws IOException {
        Instant from = since;
        int skip = 0;
        int size = PAGE;
        while (true) {
            List<KeycloakEvent> events;
            try {
                events = page(kind, from, skip, size);
            } catch (AnswerTooLargeException e) {
                if (size > 1) {
                    size /= 2;
                    continue;
                }
                Instant at = timeOf(kind, from, skip);
                if (at.isAfter(from)) {
                    // From its own instant on it has the same place whenever it is looked for.
                    from = at;
                    skip = 0;
                    continue;
                }
                page.take(List.of(KeycloakEvent.unreadable(kind, at, skip)));
                skip++;
                size = PAGE;
                continue;
            }
            page.take(events);
            if (events.size() < size) {
                return;
            }
            Instant last = events.get(events.size() - 1).time();
            skip = last.equals(from) ? skip + events.size() : 0;
            from = last;
        }
    }

    /** When an event took place that cannot be read: what ends before it can be. */
    private Instant timeOf(EventKind kind, Instant from, int skip) throws IOException {
        long before = from.toEpochMilli() - 1;
        long at = from.plus(KEPT).toEpochMilli();
        while (at - before > 1) {
            long middle = before + (at - before) / 2;
            if (isReadable(kind, from, skip, middle)) {
                before = middle;
            } else {
                at = middle;
            }
        }
        return Instant.ofEpochMilli(at);
    }

    private boolean isReadable(EventKind kind, Instant from, int skip, long until) throws IOException {
        try {
            page(kind, "&dateFrom=" + from.toEpochMilli() + "&dateTo=" + until, skip, 1);
            return true;
        } catch (AnswerTooLargeException e) {
            return false;
        }
    }

    private List<KeycloakEvent> page(EventKind kind, Instant from, int skip, int size) throws IOException {
        return page(kind, "&dateFrom=" + from.toEpochMilli(), skip, size);
    }

    private List<KeycloakEvent> page(EventKind kind, String time, int skip, int size) throws IOException {
        URI uri = URI.create(issuer.replace("/realms/", "/admin/realms/") + "/" + kind.path() + "?direction=asc" + time
                + "&first=" + skip + "&max=" + size);
        if (token.isEmpty()) {
            token = newToken();
        }
        OutboundHttp.Answer answer = http.get(uri, token);
        if (answer.status() == UNAUTHORIZED) {
            token = newToken();
            answer = http.get(uri, token);
        }
        if (answer.status() != 200) {
            throw new IOException("Keycloak answers " + answer.status() + " when asked for its " + kind.path());
        }
        List<KeycloakEvent> events = new ArrayList<>();
        JSON.readTree(answer.body()).forEach(node -> events.add(kind.read(node)));
        return events;
    }

    private String newToken() throws IOException {
        Map<String, String> form = new LinkedHashMap<>(assertion.parameters());
        form.put("grant_type", "client_credentials");
        OutboundHttp.Answer answer = http.postForm(URI.create(issuer + "/protocol/openid-connect/token"), form);
        if (answer.status() != 200) {
            throw new IOException("Keycloak gives the server no token for reading events: " + answer.status());
        }
        return JSON.readTree(answer.body()).path("access_token").asText();
    }
}
