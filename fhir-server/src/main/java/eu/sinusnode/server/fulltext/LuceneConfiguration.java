package eu.sinusnode.server.fulltext;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.fulltext.FullTextConfiguration.NamedIndex;
import eu.sinusnode.server.fulltext.follow.FilePosition;
import eu.sinusnode.server.fulltext.index.LuceneFiles;
import eu.sinusnode.server.fulltext.index.TextIndex;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** No Elasticsearch is set: each node has an index of its own in its state directory. */
@Configuration
@ConditionalOnProperty(
        name = "sinusnode.full-text.elasticsearch-url",
        matchIfMissing = true,
        havingValue = "there is no such URL")
class LuceneConfiguration {

    @Bean(destroyMethod = "close")
    TextIndex textIndex(ServiceProperties service) {
        return LuceneFiles.open(LuceneFiles.directory(service.home()));
    }

    @Bean
    NamedIndex namedIndex(ServiceProperties service, HikariDataSource dataSource) {
        Path directory = LuceneFiles.directory(service.home());
        return new NamedIndex(NodeName.of(directory), new FilePosition(directory));
    }
}
