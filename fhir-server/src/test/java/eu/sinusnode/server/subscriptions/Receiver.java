package eu.sinusnode.server.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;

/** An endpoint on this machine that keeps what it is sent. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;
    private volatile Duration pause = Duration.ZERO;
    private volatile String location = "";

    /** A request, or a text on a websocket; it is read once, since tests ask it many times. */
    public static final class Received {

        private final long nanos;
        private final String method;
        private final Headers headers;
        private final String body;
        private @Nullable Parameters status;

        /** @param nanos {@link System#nanoTime} when all of it had come */
        public Received(long nanos, String method, Headers headers, String body) {
            this.nanos = nanos;
            this.method = method;
            this.headers = headers;
            this.body = body;
        }

        public long nanos() {
            return nanos;
        }

        public String method() {
            return method;
        }

        public Headers headers() {
            return headers;
        }

        public String body() {
            return body;
        }

        synchronized Parameters status() {
            if (status == null) {
                Bundle bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, body);
                status = (Parameters) bundle.getEntryFirstRep().getResource();
            }
            return status;
        }

        public String type() {
            return body.isEmpty() ? "" : value(status(), "type");
        }

        public List<Long> numbers() {
            return body.isEmpty()
                    ? List.of()
                    : status().getParameter().stream()
                            .filter(each -> each.getName().equals("notification-event"))
                            .map(event -> Long.valueOf(part(event, "event-number")))
                            .toList();
        }

        /** Empty ones when the notification does not name records. */
        public List<String> focuses() {
            return status().getParameter().stream()
                    .filter(each -> each.getName().equals("notification-event"))
                    .map(event -> part(event, "focus"))
                    .toList();
        }

        private static String value(Parameters status, String name) {
            return status.getParameter(name).getValue().primitiveValue();
        }

        private static String part(ParametersParameterComponent event, String name) {
            return event.getPart().stream()
                    .filter(part -> part.getName().equals(name))
                    .map(part -> part.getValue() instanceof org.hl7.fhir.r4.model.Reference reference
                            ? reference.getReference()
                            : part.getValue().primitiveValue())
                    .findFirst()
                    .orElse("");
        }
    }

    public Receiver() {
        this(0);
    }

    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            all.add(new Received(System.nanoTime(), exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
            sleep(pause);
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/told";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on it takes so long to answer. */
    void pause(Duration before) {
        pause = before;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on it answers this. */
    public void answer(int status) {
        answer = status;
    }

    void redirect(String to) {
        location = to;
        answer = 307;
    }

    public List<Received> all() {
        return List.copyOf(all);
    }

    /** What tells of events. */
    public List<Received> events() {
        return all.stream()
                .filter(each -> each.type().equals("event-notification"))
                .toList();
    }

    public List<Long> numbers() {
        return events().stream().flatMap(each -> each.numbers().stream()).toList();
    }

    public static void await(String what, Duration patience, BooleanSupplier come) {
        long latest = System.nanoTime() + patience.toNanos();
        while (!come.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(latest);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
