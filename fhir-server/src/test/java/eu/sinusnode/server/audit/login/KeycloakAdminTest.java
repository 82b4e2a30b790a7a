package eu.sinusnode.server.audit.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.security.ClientAssertion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What is asked of Keycloak, over HTTP, against a realm that sorts, cuts and forgets as Keycloak does. */
class KeycloakAdminTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final DataSize LIMIT = DataSize.ofKilobytes(16);

    private final HttpServer keycloak;
    private final String issuer;
    private final List<Stored> stored = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private String goodToken = "token-1";
    private int tokens;
    private int status = 200;

    @TempDir
    private Path folder;

    private OutboundHttp http;
    private KeycloakAdmin admin;

    private record Stored(String id, Instant time, String filler) {
        String json() {
            return "{\"id\":\"" + id + "\",\"time\":" + time.toEpochMilli()
                    + ",\"type\":\"LOGIN\",\"details\":{\"scope\":\"" + filler + "\"}}";
        }
    }

    KeycloakAdminTest() throws IOException {
        keycloak = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + keycloak.getAddress().getPort() + "/realms/r";
    }

    @BeforeEach
    void realm() throws IOException, JOSEException {
        keycloak.createContext("/realms/r/protocol/openid-connect/token", exchange -> {
            tokens++;
            answer(exchange, 200, "{\"access_token\":\"" + goodToken + "\"}");
        });
        keycloak.createContext("/admin/realms/r/events", this::events);
        keycloak.createContext("/admin/realms/r/admin-events", exchange -> answer(exchange, status, "[]"));
        keycloak.start();
        Path key = Files.writeString(
                folder.resolve("key.json"),
                new ECKeyGenerator(Curve.P_384).keyID("k").generate().toJSONString());
        OAuthProperties oauth = new OAuthProperties(
                issuer, "http://127.0.0.1/fhir", issuer + "/keys", null, "fhir-server", null, Duration.ofSeconds(10));
        http = new OutboundHttp(
                new OutboundProperties(List.of(), Duration.ofSeconds(2), Duration.ofSeconds(5), LIMIT),
                List.of(URI.create(issuer), URI.create(issuer.replace("/realms/", "/admin/realms/"))));
        admin = new KeycloakAdmin(issuer, http, new ClientAssertion(oauth, key, Clock.systemUTC()));
    }

    @AfterEach
    void end() throws IOException {
        keycloak.stop(0);
        http.close();
    }

    @Test
    void moreThanTenThousandEventsComeTheOldestFirstAndNoneIsMissing() throws Exception {
        for (int i = 0; i < 10_500; i++) {
            stored.add(new Stored("e" + i, START.plusMillis(10L * i), ""));
        }

        assertThat(read(START)).containsExactlyElementsOf(ids());
    }

    @Test
    void whatLiesBeforeTheInstantIsLeftOut() throws Exception {
        stored.add(new Stored("before", START.minusSeconds(1), ""));
        stored.add(new Stored("after", START, ""));

        assertThat(read(START)).containsExactly("after");
    }

    @Test
    void manyEventsOfOneInstantAreAllRead() throws Exception {
        for (int i = 0; i < 3 * KeycloakAdmin.PAGE + 7; i++) {
            stored.add(new Stored("e" + i, START, ""));
        }

        assertThat(read(START)).containsAll(ids());
    }

    @Test
    void aPageThatIsTooLargeIsAskedForInHalves() throws Exception {
        for (int i = 0; i < 60; i++) {
            stored.add(new Stored("e" + i, START.plusSeconds(i), "s".repeat(2_000)));
        }

        assertThat(read(START)).containsAll(ids());
        assertThat(asked).contains(100, 50, 25, 12, 6);
    }

    @Test
    void anEventThatIsTooLargeAloneStopsNoOtherAndIsNotHidden() throws Exception {
        stored.add(new Stored("first", START, ""));
        stored.add(new Stored("huge", START.plusSeconds(1), "s".repeat(20_000)));
        stored.add(new Stored("last", START.plusSeconds(2), ""));

        List<KeycloakEvent> events = new ArrayList<>();
        admin.read(EventKind.USER, START, events::addAll);

        assertThat(events.stream().map(KeycloakEvent::requestId)).contains("first", "last");
        assertThat(events).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo("UNREADABLE");
            assertThat(event.failed()).isTrue();
        });
    }

    @Test
    void anEventThatIsTooLargeIsTheSameOneFromWhereverItIsLookedFor() throws Exception {
        stored.add(new Stored("first", START, ""));
        for (int i = 0; i < 2; i++) {
            stored.add(new Stored("huge" + i, START.plusSeconds(60), "s".repeat(20_000)));
        }
        Set<UUID> told = new HashSet<>();
        for (int seconds = 0; seconds <= 60; seconds += 20) {
            admin.read(EventKind.USER, START.plusSeconds(seconds), page -> page.stream()
                    .filter(event -> event.type().equals("UNREADABLE"))
                    .forEach(event -> {
                        told.add(event.id());
                        assertThat(event.time()).isEqualTo(START.plusSeconds(60));
                    }));
        }

        assertThat(told).hasSize(2);
    }

    @Test
    void eventsThatKeycloakDropsMeanwhileMoveNoOtherOutOfSight() throws Exception {
        for (int i = 0; i < 250; i++) {
            stored.add(new Stored("e" + i, START.plusSeconds(i), ""));
        }
        List<String> all = ids();
        List<String> read = new ArrayList<>();

        admin.read(EventKind.USER, START, page -> {
            page.forEach(event -> read.add(event.requestId()));
            stored.removeIf(event -> event.time().isBefore(START.plusSeconds(50)));
        });

        assertThat(read).containsAll(all);
    }

    @Test
    void aTokenIsUsedAgainAndRenewedWhenItIsRefused() throws Exception {
        stored.add(new Stored("a", START, ""));
        read(START);
        read(START);
        assertThat(tokens).isEqualTo(1);

        goodToken = "token-2";
        assertThat(read(START)).containsExactly("a");
        assertThat(tokens).isEqualTo(2);
    }

    @Test
    void aRefusalIsAFault() {
        status = 403;
        assertThatThrownBy(() -> admin.read(EventKind.ADMIN, START, page -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
    }

    private List<String> read(Instant since) throws IOException {
        List<String> read = new ArrayList<>();
        admin.read(EventKind.USER, since, page -> page.forEach(event -> read.add(event.requestId())));
        return read.stream().distinct().toList();
    }

    private List<String> ids() {
        return stored.stream().map(Stored::id).toList();
    }

    private void events(HttpExchange exchange) throws IOException {
        if (!("Bearer " + goodToken).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{}");
            return;
        }
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .collect(Collectors.toMap(
                        part -> part.substring(0, part.indexOf('=')), part -> part.substring(part.indexOf('=') + 1)));
        Instant from = Instant.ofEpochMilli(Long.parseLong(query.getOrDefault("dateFrom", "0")));
        int first = Integer.parseInt(query.getOrDefault("first", "0"));
        int max = Integer.parseInt(query.getOrDefault("max", "100"));
        asked.add(max);
        Comparator<Stored> order = Comparator.comparing(Stored::time);
        Instant until = Instant.ofEpochMilli(Long.parseLong(query.getOrDefault("dateTo", "99999999999999")));
        List<Stored> found = stored.stream()
                .filter(event -> !event.time().isBefore(from) && !event.time().isAfter(until))
                .sorted("asc".equals(query.get("direction")) ? order : order.reversed())
                .toList();
        String body = IntStream.range(first, Math.min(found.size(), first + max))
                .mapToObj(at -> found.get(at).json())
                .collect(Collectors.joining(",", "[", "]"));
        answer(exchange, 200, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException e) {
            // The reader has had enough: the answer was too large for it.
        }
    }
}
