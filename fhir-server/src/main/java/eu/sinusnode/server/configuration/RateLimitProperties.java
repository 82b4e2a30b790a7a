package eu.sinusnode.server.configuration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests a minute are worked on; as many may come at once after a pause. The figures hold for one node.
 *
 * @param perClient of one OAuth client, whoever uses it
 * @param perPerson of one person, with whatever clients
 * @param failuresPerAddress requests without a good token from one network address; as many refusals of requests by
 *     nobody known are audited of it
 */
@ConfigurationProperties("sinusnode.rate-limits")
public record RateLimitProperties(
        @DefaultValue("120000") int perClient,
        @DefaultValue("1200") int perPerson,
        @DefaultValue("300") int failuresPerAddress) {

    public RateLimitProperties {
        Sentences.require(perClient > 0, "sinusnode.rate-limits.per-client must be at least 1 request a minute.");
        Sentences.require(perPerson > 0, "sinusnode.rate-limits.per-person must be at least 1 request a minute.");
        Sentences.require(
                failuresPerAddress > 0, "sinusnode.rate-limits.failures-per-address must be at least 1 a minute.");
    }
}
