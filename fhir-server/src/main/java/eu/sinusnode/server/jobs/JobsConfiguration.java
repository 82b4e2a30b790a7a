package eu.sinusnode.server.jobs;

import eu.sinusnode.policy.pipeline.RequestPipeline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $job-run} together. */
@Configuration
class JobsConfiguration {

    @Bean
    JobRunOperation jobRun(RequestPipeline pipeline) {
        return new JobRunOperation(pipeline.requestAudit());
    }
}
