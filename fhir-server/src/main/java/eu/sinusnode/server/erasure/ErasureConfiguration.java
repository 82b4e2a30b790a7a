package eu.sinusnode.server.erasure;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.util.MemoryCacheService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import eu.sinusnode.server.audit.store.Recipients;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.export.PatientExports;
import eu.sinusnode.server.fulltext.follow.IndexFollower;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.notice.PatientNotices;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts erasure together. The audit's tables are in the same database, so they are in the same transaction. */
@Configuration
class ErasureConfiguration {

    @Bean
    EraseOperation erase(
            IHapiTransactionService transactions,
            HikariDataSource dataSource,
            PurposeKeys keys,
            IndexFollower index,
            PatientExports exports,
            StoredSoFar audit,
            ServiceProperties service,
            MemoryCacheService cache,
            RequestPipeline pipeline,
            Clock clock) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        ErasureMarks marks = new ErasureMarks(keys);
        Erasure erasure = new Erasure(
                new PatientRows(transaction),
                new LegalHolds(transaction),
                new ErasedPersonTable(dataSource, marks),
                new PersonErasure(dataSource, keys, exports));
        return new EraseOperation(
                transactions,
                erasure,
                audit,
                index,
                exports,
                RightsList.open(service.home()),
                marks,
                cache,
                pipeline.scope(),
                clock);
    }

    @Bean
    RestrictOperation restrict(
            IHapiTransactionService transactions,
            HikariDataSource dataSource,
            DaoRegistry daos,
            SubjectTable subjects,
            StoredSoFar audit,
            PurposeKeys keys,
            ServiceProperties service,
            RequestPipeline pipeline,
            Clock clock) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        return new RestrictOperation(
                transactions,
                new PatientRows(transaction),
                new Restrictions(transaction),
                new Recipients(dataSource, subjects),
                audit,
                new PatientNotices(daos),
                RightsList.open(service.home()),
                new ErasureMarks(keys),
                pipeline.scope(),
                clock);
    }

    @Bean
    LegalHoldOperation legalHold(
            IHapiTransactionService transactions, HikariDataSource dataSource, RequestPipeline pipeline, Clock clock) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        return new LegalHoldOperation(
                transactions, new PatientRows(transaction), new LegalHolds(transaction), pipeline.scope(), clock);
    }
}
