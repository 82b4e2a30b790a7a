package eu.sinusnode.server.subscriptions.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One open websocket. Behind each text goes a ping with a number (RFC 6455, section 5.5.2), which every websocket client
 * answers by itself once it has come to it: that pong is the receipt. A pong answers all pings before it, too.
 */
final class Client {

    /** A number. */
    private static final int PING = Long.BYTES;

    private static final int TEXTS_PER_MINUTE = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WebSocketSession session;
    private final @Nullable X509Certificate certificate;
    private final long opened = System.nanoTime();
    private final Map<UUID, Jwt> bindings = new ConcurrentHashMap<>();
    private final NavigableMap<Long, CompletableFuture<Void>> expected = new ConcurrentSkipListMap<>();
    private long pings;
    private int texts;
    private long texting = opened;
    private volatile boolean closing;
    private volatile long pinged = opened;
    private volatile long heard = opened;
    private volatile boolean wasBound;

    /** @param certificate that the client showed when it came; null for none */
    Client(WebSocketSession session, @Nullable X509Certificate certificate) {
        this.session = session;
        this.certificate = certificate;
    }

    /** By binding, the access token that it hangs on. */
    Map<UUID, Jwt> bindings() {
        return bindings;
    }

    void bind(UUID binding, Jwt token) {
        bindings.put(binding, token);
        wasBound = true;
    }

    boolean wasBound() {
        return wasBound;
    }

    @Nullable
    X509Certificate certificate() {
        return certificate;
    }

    boolean isOpen() {
        return !closing && session.isOpen();
    }

    /** Nanoseconds since it came. */
    long age() {
        return System.nanoTime() - opened;
    }

    /** Nanoseconds since it last answered. */
    long silence() {
        return System.nanoTime() - heard;
    }

    /** Nanoseconds since it was last asked. */
    long unasked() {
        return System.nanoTime() - pinged;
    }

    /** Whether it has sent too many texts within a minute, with this one. */
    synchronized boolean isTalkative() {
        long now = System.nanoTime();
        if (now - texting > MINUTE.toNanos()) {
            texting = now;
            texts = 0;
        }
        return ++texts > TEXTS_PER_MINUTE;
    }

    /**
     * @return whether the receipt came in time
     * @throws IOException when the connection broke, or takes nothing more
     */
    boolean tell(String text, Duration patience) throws IOException {
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        long number = write(text, receipt);
        try {
            receipt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            expected.remove(number);
        }
    }

    private synchronized long write(String text, CompletableFuture<Void> receipt) throws IOException {
        session.sendMessage(new TextMessage(text));
        expected.put(pings + 1, receipt);
        ping();
        return pings;
    }

    /** Asks whether it is still there. */
    synchronized void ping() throws IOException {
        pings++;
        pinged = System.nanoTime();
        session.sendMessage(
                new PingMessage(ByteBuffer.allocate(PING).putLong(pings).flip()));
    }

    /** A pong that nobody asked for is none. */
    void pong(ByteBuffer payload) {
        if (payload.remaining() != PING) {
            return;
        }
        long number = payload.getLong(payload.position());
        synchronized (this) {
            if (number < 1 || number > pings) {
                return;
            }
        }
        heard = System.nanoTime();
        expected.headMap(number, true).values().forEach(receipt -> receipt.complete(null));
    }

    /** Whoever waits for a receipt waits no longer, and nothing more is written. */
    void gone() {
        closing = true;
        expected.values()
                .forEach(receipt -> receipt.completeExceptionally(new IOException("The websocket is closed.")));
    }

    /** May wait for a client that takes nothing. */
    void close(CloseStatus status) {
        gone();
        try {
            session.close(status);
        } catch (IOException | IllegalStateException broken) {
            // It is gone already.
        }
    }
}
