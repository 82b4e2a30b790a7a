package eu.sinusnode.server.decisions;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.projection.CareTeamMembers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $consent-decision} together. */
@Configuration
class DecisionsConfiguration {

    @Bean
    ConsentDecisionOperation consentDecision(
            RequestPipeline pipeline, StoredRecords stored, HikariDataSource dataSource, ExportProperties exports) {
        return new ConsentDecisionOperation(
                pipeline.consentDecisions(),
                new CareTeamMembers(dataSource),
                stored,
                pipeline.gate(),
                pipeline.scope(),
                exports.smallestGroup());
    }
}
