package eu.sinusnode.server.jobs;

import eu.sinusnode.policy.pipeline.RequestPipeline;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $job-run} together. */
@Configuration
class JobsConfiguration {

    @Bean
    JobRunOperation jobRun(RequestPipeline pipeline, MeterRegistry meters) {
        return new JobRunOperation(pipeline.requestAudit(), new JobMeters(meters));
    }
}
