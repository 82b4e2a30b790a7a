package eu.sinusnode.server.decisions;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $consent-decision} together. */
@Configuration
class DecisionsConfiguration {

    @Bean
    ConsentDecisionOperation consentDecision(RequestPipeline pipeline, StoredRecords stored) {
        return new ConsentDecisionOperation(pipeline.consentDecisions(), stored, pipeline.gate(), pipeline.scope());
    }
}
