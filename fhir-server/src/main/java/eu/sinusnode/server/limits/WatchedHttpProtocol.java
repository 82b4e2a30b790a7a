package eu.sinusnode.server.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 that closes connections whose TLS handshake or request head does not come to its end. The container's own
 * time-out begins anew with every byte, so one byte at a time would hold a connection for hours; no worker waits for a
 * head, but connections are counted too.
 */
public final class WatchedHttpProtocol extends Http11NioProtocol {

    private static final long EVERY_MILLIS = 500;

    private final Map<SocketWrapperBase<NioChannel>, Long> unfinished = new HashMap<>();
    private Duration headTime = Duration.ofSeconds(10);
    private @Nullable ScheduledFuture<?> watch;

    /** @param headTime from the first byte to the last of a request's line and headers */
    void setHeadTime(Duration headTime) {
        this.headTime = headTime;
    }

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor()
                .scheduleWithFixedDelay(
                        () -> sweep(System.nanoTime()), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    private void sweep(long now) {
        Map<SocketWrapperBase<NioChannel>, Long> still = new HashMap<>();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            if (!connection.isClosed() && isUnfinished(connection)) {
                long since = unfinished.getOrDefault(connection, now);
                if (now - since > headTime.toNanos()) {
                    connection.close();
                } else {
                    still.put(connection, since);
                }
            }
        }
        unfinished.clear();
        unfinished.putAll(still);
    }

    /** A worker takes the processor while it works; it stands with a connection that waits for more of a head. */
    private static boolean isUnfinished(SocketWrapperBase<NioChannel> connection) {
        NioChannel socket = connection.getSocket();
        return !socket.isHandshakeComplete()
                || connection.getCurrentProcessor() instanceof Processor processor
                        && !processor.isAsync()
                        && !processor.isUpgrade();
    }
}
