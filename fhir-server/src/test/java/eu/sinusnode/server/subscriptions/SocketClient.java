package eu.sinusnode.server.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.subscriptions.Receiver.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A websocket that keeps what it is sent. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean reads;
    private final WebSocket socket;
    private volatile int closed;

    private SocketClient(String origin, boolean reads, Map<String, String> headers) {
        this.reads = reads;
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        headers.forEach(builder::header);
        this.socket = builder.buildAsync(URI.create(origin.replaceFirst("http", "ws") + "/websocket"), this)
                .join();
    }

    static SocketClient open() {
        return at(RunningServer.ORIGIN);
    }

    public static SocketClient at(String origin) {
        return new SocketClient(origin, true, Map.of());
    }

    static SocketClient with(Map<String, String> headers) {
        return new SocketClient(RunningServer.ORIGIN, true, headers);
    }

    /** It answers the ping behind the handshake, and takes nothing that comes after. */
    static SocketClient deaf() {
        return new SocketClient(RunningServer.ORIGIN, false, Map.of());
    }

    public SocketClient bind(String token) {
        return say("bind-with-token: " + token);
    }

    SocketClient say(String what) {
        try {
            socket.sendText(what, true).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            assertThat(e).hasRootCauseInstanceOf(java.io.IOException.class);
        }
        return this;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        if (reads) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            all.add(new Received(System.nanoTime(), "", new Headers(), text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = status;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = closed == 0 ? -1 : closed;
    }

    List<Received> all() {
        return List.copyOf(all);
    }

    public List<Received> events() {
        return all.stream()
                .filter(each -> each.type().equals("event-notification"))
                .toList();
    }

    public List<Long> numbers() {
        return events().stream().flatMap(each -> each.numbers().stream()).toList();
    }

    /** Status of the close frame; 0 while it is open. */
    public int closed() {
        return closed;
    }

    void awaitClosed(int status) {
        Receiver.await("closed", Subscriptions.PATIENCE, () -> closed != 0);
        assertThat(closed).isEqualTo(status);
    }

    void await(long... numbers) {
        Receiver.await("events", Subscriptions.PATIENCE, () -> {
            List<Long> come = numbers();
            for (long number : numbers) {
                if (!come.contains(number)) {
                    return false;
                }
            }
            return true;
        });
    }

    public void awaitHandshake() {
        Receiver.await("the handshake", Subscriptions.PATIENCE, () -> all().stream()
                .anyMatch(each -> each.type().equals("handshake")));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
