package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what transactions PUT, in memory, and answers as a FHIR server does. */
final class FakeFhirServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Set<String> stored = new HashSet<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger unavailable = new AtomicInteger();

    FakeFhirServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/fhir", this::answer);
        server.start();
    }

    FhirEndpoint endpoint() {
        return new FhirEndpoint(
                HttpClient.newHttpClient(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir",
                () -> "token-of-the-loader");
    }

    /** The first entry's url of each transaction that was accepted, in the order of arrival. */
    List<String> received() {
        return received;
    }

    /** The next answers are 503. */
    void becomeUnavailable(int times) {
        unavailable.set(times);
    }

    /** Forgets everything, as a new database would. */
    void wipe() {
        synchronized (stored) {
            stored.clear();
        }
        received.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!"Bearer token-of-the-loader".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, outcome("no token"));
        } else if (unavailable.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            send(exchange, 503, outcome("busy"));
        } else {
            transaction(exchange, JSON.readTree(body));
        }
    }

    private void transaction(HttpExchange exchange, JsonNode bundle) throws IOException {
        ObjectNode response = JSON.createObjectNode().put("resourceType", "Bundle");
        ArrayNode entries = response.putArray("entry");
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("resource").path("status").asText().equals("impossible")) {
                send(exchange, 422, outcome("SN-PROFILE-001: status is not one of the codes"));
                return;
            }
            boolean created;
            synchronized (stored) {
                created = stored.add(entry.path("request").path("url").asText());
            }
            entries.addObject().putObject("response").put("status", created ? "201 Created" : "200 OK");
        }
        received.add(bundle.path("entry").path(0).path("request").path("url").asText());
        send(exchange, 200, response);
    }

    private static ObjectNode outcome(String diagnostics) {
        ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue").addObject().put("diagnostics", diagnostics);
        return outcome;
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
