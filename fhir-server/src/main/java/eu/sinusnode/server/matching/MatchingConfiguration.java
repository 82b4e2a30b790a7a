package eu.sinusnode.server.matching;

import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.LimitProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $match} together. */
@Configuration
class MatchingConfiguration {

    @Bean
    MatchOperation match(StoredSearch stored, RequestPipeline pipeline, LimitProperties limits) {
        return new MatchOperation(
                new Candidates(pipeline.narrowing(), stored, pipeline.scope()),
                pipeline.gate(),
                new MatchRequest.Reader(limits.pageSize(), limits.maxPageSize()));
    }
}
