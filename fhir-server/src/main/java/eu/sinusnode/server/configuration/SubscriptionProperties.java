package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Subscriptions: how many there may be, and how long the server goes on.
 *
 * @param workers threads of one node that send; each tells some Subscriptions at once
 * @param perClient Subscriptions that one client may have
 * @param contactWithin how long a Subscription goes on without a token of its owner
 * @param giveUpAfter how long an endpoint may fail before its Subscription is set off
 * @param sockets websockets that one node has open at most; each is one of its connections
 * @param toldKeptFor how long what was told can be asked for again
 */
@ConfigurationProperties("sinusnode.subscriptions")
public record SubscriptionProperties(
        @DefaultValue("2") int workers,
        @DefaultValue("100") int perClient,
        @DefaultValue("7d") Duration contactWithin,
        @DefaultValue("3d") Duration giveUpAfter,
        @DefaultValue("7d") Duration toldKeptFor,
        @DefaultValue("200") int sockets) {

    public SubscriptionProperties {
        Sentences.require(
                workers > 0 && workers <= 8,
                "sinusnode.subscriptions.workers must lie between 1 and 8; each holds two connections to the database.");
        Sentences.require(
                perClient > 0 && perClient <= 10_000,
                "sinusnode.subscriptions.per-client must lie between 1 and 10000.");
        Sentences.require(
                Sentences.isBetween(contactWithin, Duration.ofSeconds(1), Duration.ofDays(90)),
                "sinusnode.subscriptions.contact-within must lie between a second and 90 days.");
        Sentences.require(
                Sentences.isBetween(giveUpAfter, Duration.ofSeconds(1), Duration.ofDays(30)),
                "sinusnode.subscriptions.give-up-after must lie between a second and 30 days.");
        Sentences.require(
                Sentences.isBetween(toldKeptFor, Duration.ofSeconds(1), Duration.ofDays(90)),
                "sinusnode.subscriptions.told-kept-for must lie between a second and 90 days.");
        Sentences.require(
                sockets > 0 && sockets <= 10_000,
                "sinusnode.subscriptions.sockets must lie between 1 and 10000, and below server.tomcat.max-connections.");
    }
}
