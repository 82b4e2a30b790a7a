package eu.sinusnode.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the analysis and the server, passes everything on, and lets a test see and hold what goes by. */
final class WatchedServer implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

    /** @param query decoded; empty without one */
    record Asked(String method, String path, String query, String body) {}

    /** Told of each request before it is passed on, and of its answer before that is. */
    interface Watch {
        void asked(Asked request) throws InterruptedException;

        void answered(Asked request, int status, String answer);
    }

    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final Watch watch;

    /** @param fhirBase of the real server */
    WatchedServer(URI fhirBase, Watch watch) throws IOException {
        this.server = fhirBase;
        this.watch = watch;
        this.proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext("/", this::pass);
        proxy.start();
    }

    URI fhirBase() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort() + server.getPath());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            Asked asked = new Asked(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    uri.getQuery() == null ? "" : uri.getQuery(),
                    new String(body, StandardCharsets.UTF_8));
            watch.asked(asked);
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(uri))
                    .method(asked.method(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            watch.answered(asked, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            for (String name : List.of("Content-Type", "Retry-After", "ETag", "Location")) {
                answer.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                        .set(name, value));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
