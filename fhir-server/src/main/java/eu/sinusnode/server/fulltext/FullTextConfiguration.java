package eu.sinusnode.server.fulltext;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.fulltext.follow.IndexFollower;
import eu.sinusnode.server.fulltext.follow.IndexPosition;
import eu.sinusnode.server.fulltext.follow.NodeReport;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the full text together. Which index it is, and where its position lies, another configuration says. */
@Configuration
class FullTextConfiguration {

    /** An index, under the name by which its node reports. */
    record NamedIndex(String node, IndexPosition position) {}

    @Bean(destroyMethod = "close")
    IndexFollower indexFollower(
            HikariDataSource dataSource,
            TextChanges changes,
            TextIndex index,
            NamedIndex named,
            FullTextProperties properties,
            Clock clock,
            MeterRegistry meters) {
        IndexFollower follower = new IndexFollower(
                changes,
                index,
                named.position(),
                new NodeReport(dataSource),
                named.node(),
                properties.lookEvery(),
                clock);
        measure(follower, meters);
        return follower.start();
    }

    @Bean
    FullText fullText(TextIndex index, IndexFollower follower, FullTextProperties properties) {
        return new IndexedFullText(index, follower, properties.searchPatience());
    }

    /** Not part of the readiness: everything but searches for words works without the index. */
    @Bean
    HealthIndicator fullTextHealth(IndexFollower follower) {
        return () -> follower.isFailing() ? Health.down().build() : Health.up().build();
    }

    private static void measure(IndexFollower follower, MeterRegistry meters) {
        Gauge.builder("sinusnode.fulltext.lag", follower, each -> each.lag().toMillis() / 1000.0)
                .description("Age of the oldest change that is not in the full-text index")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("sinusnode.fulltext.pending", follower, IndexFollower::pending)
                .description("Changes that the full-text index still lacks, as last counted")
                .register(meters);
        Gauge.builder("sinusnode.fulltext.documents", follower, IndexFollower::documents)
                .description("Records in the full-text index")
                .register(meters);
    }
}
