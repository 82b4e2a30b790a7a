package eu.sinusnode.server.questions;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.careteam.CareTeamClinics;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what takes questions of patients. */
@Configuration
class QuestionConfiguration {

    @Bean
    Questions questions(
            IHapiTransactionService transactions,
            DaoRegistry daos,
            StoredRecords records,
            HikariDataSource dataSource) {
        return new Questions(transactions, daos, records, new RunningTransaction(dataSource));
    }

    @Bean
    AskOperation askOperation(
            Questions questions,
            HikariDataSource dataSource,
            PermitDirectory permits,
            StoredRecords records,
            RecordSearch storedSearch,
            RequestPipeline pipeline,
            Clock clock) {
        return new AskOperation(
                questions,
                new CareTeamClinics(dataSource, permits, records),
                new RiskContexts(dataSource, storedSearch),
                pipeline.scope(),
                pipeline.visibility(),
                clock);
    }
}
