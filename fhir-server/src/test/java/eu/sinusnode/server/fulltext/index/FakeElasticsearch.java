package eu.sinusnode.server.fulltext.index;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as an Elasticsearch 8 does that has no index yet and takes everything; it keeps what it was sent. */
final class FakeElasticsearch implements AutoCloseable {

    record Request(String method, String path, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile String hits = "[]";
    private final HttpServer server;

    FakeElasticsearch() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> sent(String method, String pathPart) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(pathPart))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        requests.add(new Request(exchange.getRequestMethod(), path, body));
        String method = exchange.getRequestMethod();
        String answer;
        if (path.equals("/")) {
            answer = "{\"version\":{\"number\":\"8.15.0\"},\"tagline\":\"You Know, for Search\"}";
        } else if (path.contains("_cluster/health")) {
            answer = "{\"status\":\"green\",\"timed_out\":false}";
        } else if (path.endsWith("_bulk")) {
            answer = bulk(body);
        } else if (path.endsWith("_search")) {
            answer =
                    "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0},"
                            + "\"hits\":{\"total\":{\"value\":1,\"relation\":\"eq\"},\"hits\":" + hits + "}}";
        } else if (method.equals("GET")) {
            // Asked for with ignore_unavailable: what is not there is not in the answer.
            answer = "{}";
        } else {
            answer = "{\"acknowledged\":true,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}";
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String bulk(String body) {
        List<String> items = body.lines()
                .filter(line -> line.startsWith("{\"index\"") || line.startsWith("{\"delete\""))
                .map(line -> line.startsWith("{\"index\"")
                        ? "{\"index\":{\"status\":201}}"
                        : "{\"delete\":{\"status\":200}}")
                .toList();
        return "{\"errors\":false,\"items\":[" + String.join(",", items) + "]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
