package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Puts the programmes that ship into the directory once the server is there. */
@Configuration
class TherapyConfiguration {

    @Bean
    PartlyFoundTypes partlyFoundTypes(RequestPipeline pipeline) {
        return new PartlyFoundTypes(pipeline.scope(), pipeline.visibility());
    }

    @Bean
    ShownPlans shownPlans(RequestPipeline pipeline) {
        return new ShownPlans(pipeline.scope(), pipeline.bulkDisclosure());
    }

    @Bean
    ReleaseRecorder releases(DaoRegistry daos) {
        return new ReleaseRecorder(daos);
    }

    @Bean
    HeldPlans heldPlans(@Lazy RecordSearch search, StoredRecords records) {
        return new HeldPlans(search, records);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> programmesAreKept(FhirContext context, DaoRegistry daos) {
        return ready -> new ProgrammeKeeper(context, daos).keep();
    }
}
