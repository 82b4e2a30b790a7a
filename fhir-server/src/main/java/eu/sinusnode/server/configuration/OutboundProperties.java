package eu.sinusnode.server.configuration;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the server calls others. Whom it calls follows from the other settings.
 *
 * @param privateHosts hosts among those that may have addresses of a private network
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long a whole answer may take
 * @param answerSize bytes of an answer at most
 */
@ConfigurationProperties("sinusnode.outbound")
public record OutboundProperties(
        @DefaultValue List<String> privateHosts,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration answerTimeout,
        @DefaultValue("256KB") DataSize answerSize) {

    public OutboundProperties {
        privateHosts = List.copyOf(privateHosts);
        Sentences.require(
                Sentences.isBetween(connectTimeout, Duration.ofMillis(100), Duration.ofSeconds(30)),
                "sinusnode.outbound.connect-timeout must lie between 100 ms and 30 s.");
        Sentences.require(
                Sentences.isBetween(answerTimeout, Duration.ofMillis(100), Duration.ofSeconds(30)),
                "sinusnode.outbound.answer-timeout must lie between 100 ms and 30 s, because requests wait for it.");
        Sentences.require(
                answerSize.toBytes() > 0 && answerSize.toMegabytes() <= 8,
                "sinusnode.outbound.answer-size must lie between 1B and 8MB.");
    }
}
