package eu.sinusnode.server.recording;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.server.notice.PatientNotices;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hooks that carry out what was signed on paper, one after another, and tell patients of what was recorded. */
@Configuration
class RecordingConfiguration {

    @Bean
    RecordingNotices recordingNotices(
            DaoRegistry daos, HikariDataSource dataSource, StoredRecords stored, Clock clock) {
        return new RecordingNotices(
                new PatientNotices(daos),
                new PaperWithdrawals(
                        new RunningTransaction(dataSource), stored, daos, new ConsentCompiler(Zone.OF_DATES)),
                clock);
    }

    @Bean
    ConsentTurns consentTurns(HikariDataSource dataSource) {
        return new ConsentTurns(new RunningTransaction(dataSource));
    }
}
