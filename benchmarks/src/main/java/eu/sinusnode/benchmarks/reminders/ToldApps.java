package eu.sinusnode.benchmarks.reminders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The apps' endpoint, on this machine: it answers at once, and notes when. */
final class ToldApps implements AutoCloseable {

    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Instant> told = new ConcurrentLinkedQueue<>();

    ToldApps() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            told.add(Instant.now());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/told");
    }

    void forget() {
        told.clear();
    }

    int count() {
        return told.size();
    }

    /** Seconds, the shortest first. */
    List<Double> lags(Instant since) {
        return told.stream()
                .map(each -> Duration.between(since, each).toMillis() / 1e3)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
