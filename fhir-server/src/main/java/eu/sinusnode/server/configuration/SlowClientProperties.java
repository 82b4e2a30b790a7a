package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long the server waits for a client that sends or reads slowly.
 *
 * @param headTime for the whole of a request's line and headers, and for a TLS handshake
 * @param grace how long a client may keep the server waiting, for a body or for its answer to be taken, before the pace counts
 * @param bytesPerSecond the pace beyond the grace, on the average
 */
@ConfigurationProperties("sinusnode.slow-clients")
public record SlowClientProperties(
        @DefaultValue("10s") Duration headTime,
        @DefaultValue("10s") Duration grace,
        @DefaultValue("16KB") DataSize bytesPerSecond) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(2);

    public SlowClientProperties {
        Sentences.require(isPatience(headTime), "sinusnode.slow-clients.head-time must lie between 1 s and 2 min.");
        Sentences.require(isPatience(grace), "sinusnode.slow-clients.grace must lie between 1 s and 2 min.");
        Sentences.require(
                bytesPerSecond.toBytes() >= 1024,
                "sinusnode.slow-clients.bytes-per-second must be at least 1KB, or a body could take hours.");
    }

    private static boolean isPatience(Duration time) {
        return time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0;
    }
}
