package eu.sinusnode.analysis.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.analysis.retry.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** An HTTP server on loopback that answers as it was told, first told first answered, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    /** @param cut the body breaks off there, in the middle of the answer; negative: whole */
    record Answer(int status, String body, Map<String, String> headers, int cut) {}

    record Request(String method, String path, String query, String authorization, String body) {}

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Of several answers for a path, the last one stays. */
    FakeServer answer(String path, int status, String body) {
        return answer(path, new Answer(status, body, Map.of(), -1));
    }

    synchronized FakeServer answer(String path, Answer answer) {
        answers.computeIfAbsent(path, ignored -> new ArrayDeque<>()).add(answer);
        return this;
    }

    synchronized List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    FhirHttp fhir(AccessTokens tokens) {
        return new FhirHttp(HttpClient.newHttpClient(), uri("/fhir"), tokens, quick());
    }

    static Retry quick() {
        return new Retry(4, Duration.ofMillis(1), duration -> {});
    }

    static AccessTokens fixedToken() {
        return new AccessTokens() {
            @Override
            public String current() {
                return "token";
            }

            @Override
            public void discard(String token) {}
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        synchronized (this) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    String.valueOf(uri.getQuery()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            Deque<Answer> told = answers.getOrDefault(uri.getPath(), new ArrayDeque<>());
            Answer next = told.size() > 1 ? told.poll() : told.peek();
            answer = next == null ? new Answer(404, "", Map.of(), -1) : next;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes, 0, answer.cut() < 0 ? bytes.length : answer.cut());
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
