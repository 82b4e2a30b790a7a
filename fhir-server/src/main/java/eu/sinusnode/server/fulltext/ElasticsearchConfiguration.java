package eu.sinusnode.server.fulltext;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.fulltext.FullTextConfiguration.NamedIndex;
import eu.sinusnode.server.fulltext.follow.DatabasePosition;
import eu.sinusnode.server.fulltext.index.SharedIndex;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.outbound.GuardedSearchClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An Elasticsearch or OpenSearch is set: all nodes share its index, and its position lies in the database. */
@Configuration
@ConditionalOnProperty("sinusnode.full-text.elasticsearch-url")
class ElasticsearchConfiguration {

    @Bean(destroyMethod = "close")
    TextIndex textIndex(FullTextProperties properties, GuardedSearchClient client) {
        return SharedIndex.open(properties, client);
    }

    @Bean
    NamedIndex namedIndex(HikariDataSource dataSource) {
        return new NamedIndex(DatabasePosition.SHARED, new DatabasePosition(dataSource));
    }
}
