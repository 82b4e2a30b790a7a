package eu.sinusnode.keycloak.testkit.smart;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Launch keys and a few patients, who are listed to everybody with a token; remembers the tokens and the questions. */
final class FakeFhirServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> patients = new LinkedHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    FakeFhirServer(URI endpoint, JWKSet launchKeys) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", endpoint.getPort()), 0);
        server.createContext(
                "/.well-known/launch-jwks.json",
                exchange -> answer(exchange, 200, launchKeys.toPublicJWKSet().toString(true)));
        server.createContext("/fhir/Patient", this::patients);
        server.start();
    }

    void patient(String id, String family) {
        patients.put(id, family);
    }

    /** While it is down it answers 503 to everything about patients. */
    void down(boolean now) {
        down = now;
    }

    /** Bearer tokens in the order in which they came. */
    List<String> tokens() {
        return tokens;
    }

    /** Paths and queries in the order in which they came. */
    List<String> questions() {
        return questions;
    }

    private void patients(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        questions.add(exchange.getRequestURI().toString());
        if (!authorization.startsWith("Bearer ")) {
            answer(exchange, 401, "{}");
            return;
        }
        tokens.add(authorization.substring("Bearer ".length()));
        String path = exchange.getRequestURI().getPath();
        if (down) {
            answer(exchange, 503, "{\"resourceType\":\"OperationOutcome\"}");
        } else if (path.equals("/fhir/Patient")) {
            answer(exchange, 200, bundle(name(exchange.getRequestURI())));
        } else {
            String id = path.substring("/fhir/Patient/".length());
            answer(exchange, patients.containsKey(id) ? 200 : 404, patients.containsKey(id) ? resource(id) : "{}");
        }
    }

    private static String name(URI uri) {
        for (String pair : String.valueOf(uri.getRawQuery()).split("&")) {
            if (pair.startsWith("name=")) {
                return URLDecoder.decode(pair.substring("name=".length()), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private String bundle(String name) {
        return patients.entrySet().stream()
                .filter(patient ->
                        patient.getValue().toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
                .map(patient -> "{\"search\":{\"mode\":\"match\"},\"resource\":" + resource(patient.getKey()) + "}")
                .collect(Collectors.joining(
                        ",", "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[", "]}"));
    }

    private String resource(String id) {
        return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"name\":[{\"family\":\"" + patients.get(id)
                + "\",\"given\":[\"Ada\"]}],\"birthDate\":\"1951-03-04\"}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
