package eu.sinusnode.server.erasure;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.util.MemoryCacheService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.audit.chain.ChainTable;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.store.AuditErasure;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.fulltext.TextErasure;
import eu.sinusnode.server.keys.PurposeKeys;
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
            AuditKeys auditKeys,
            EventOpener opener,
            PurposeKeys keys,
            TextErasure text,
            MemoryCacheService cache,
            RequestPipeline pipeline,
            Clock clock) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        Erasure erasure = new Erasure(
                new PatientRows(transaction),
                new OtherPatients(transaction),
                new LegalHolds(transaction),
                text,
                new ChainTable(dataSource),
                new AuditErasure(dataSource, new SubjectTable(dataSource, auditKeys), opener),
                new ErasedPersonTable(dataSource, new ErasureMarks(keys)));
        return new EraseOperation(transactions, erasure, text, cache, pipeline.scope(), clock);
    }

    @Bean
    LegalHoldOperation legalHold(
            IHapiTransactionService transactions, HikariDataSource dataSource, RequestPipeline pipeline, Clock clock) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        return new LegalHoldOperation(
                transactions, new PatientRows(transaction), new LegalHolds(transaction), pipeline.scope(), clock);
    }
}
