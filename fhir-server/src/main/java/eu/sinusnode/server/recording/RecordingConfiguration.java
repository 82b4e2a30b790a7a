package eu.sinusnode.server.recording;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import eu.sinusnode.server.notice.PatientNotices;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hook that tells patients of what was recorded in their name. */
@Configuration
class RecordingConfiguration {

    @Bean
    RecordingNotices recordingNotices(DaoRegistry daos, Clock clock) {
        return new RecordingNotices(new PatientNotices(daos), clock);
    }
}
