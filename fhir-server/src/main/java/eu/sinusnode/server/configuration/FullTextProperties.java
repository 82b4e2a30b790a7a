package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records are found by their words.
 *
 * @param elasticsearchUrl of an Elasticsearch or OpenSearch that all nodes share; absent for an index of each node's own
 * @param elasticsearchUsername with which the server signs in there
 * @param elasticsearchPassword that goes with it
 * @param lookEvery how often the index looks for changes when no search waits
 * @param searchPatience how long a search waits for what was written before it
 */
@ConfigurationProperties("sinusnode.full-text")
public record FullTextProperties(
        @Nullable String elasticsearchUrl,
        @Nullable String elasticsearchUsername,
        @Nullable String elasticsearchPassword,
        @DefaultValue("1s") Duration lookEvery,
        @DefaultValue("5s") Duration searchPatience) {

    public FullTextProperties {
        Sentences.require(
                elasticsearchUrl == null || Sentences.isHttpUrl(elasticsearchUrl) && !elasticsearchUrl.endsWith("/"),
                "sinusnode.full-text.elasticsearch-url must be a URL such as https://search.example.org:9200, without a slash at the end; leave it out for an index of each node's own.");
        Sentences.require(
                elasticsearchUrl == null
                        || elasticsearchUrl.startsWith("https:")
                        || Sentences.isOnThisMachine(elasticsearchUrl),
                "sinusnode.full-text.elasticsearch-url must be https, because records' words go there; plain http is for this machine alone.");
        Sentences.require(
                (elasticsearchUsername == null) == (elasticsearchPassword == null),
                "sinusnode.full-text.elasticsearch-username and sinusnode.full-text.elasticsearch-password come together.");
        Sentences.require(
                Sentences.isBetween(lookEvery, Duration.ofMillis(50), Duration.ofMinutes(1)),
                "sinusnode.full-text.look-every must lie between 50 ms and 60 s.");
        Sentences.require(
                Sentences.isBetween(searchPatience, Duration.ZERO, Duration.ofMinutes(1)),
                "sinusnode.full-text.search-patience must lie between 0 s and 60 s.");
    }
}
