package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the programmes that ship into the directory once the server is there. */
@Configuration
class TherapyConfiguration {

    @Bean
    ReleaseRecorder releases(DaoRegistry daos) {
        return new ReleaseRecorder(daos);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> programmesAreKept(FhirContext context, DaoRegistry daos) {
        return ready -> new ProgrammeKeeper(context, daos).keep();
    }
}
