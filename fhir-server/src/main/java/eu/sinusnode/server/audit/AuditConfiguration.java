package eu.sinusnode.server.audit;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AccessInWords;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.audit.chain.ChainAnchor;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.crypto.PurposeAuditKeys;
import eu.sinusnode.server.audit.journal.Journal;
import eu.sinusnode.server.audit.journal.JournalFlusher;
import eu.sinusnode.server.audit.journal.JournalSink;
import eu.sinusnode.server.audit.reading.AccessLogOperation;
import eu.sinusnode.server.audit.reading.AffectedPatientsOperation;
import eu.sinusnode.server.audit.reading.AuditEventProvider;
import eu.sinusnode.server.audit.reading.AuditEventTable;
import eu.sinusnode.server.audit.reading.OrganizationNames;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import eu.sinusnode.server.audit.reading.UnfinishedRunsOperation;
import eu.sinusnode.server.audit.retention.DailyRetention;
import eu.sinusnode.server.audit.retention.RetentionRun;
import eu.sinusnode.server.audit.store.AuditStore;
import eu.sinusnode.server.audit.store.EntryRenderer;
import eu.sinusnode.server.audit.store.ErasedPersons;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.JournalDrainer;
import eu.sinusnode.server.audit.store.StoredPersons;
import eu.sinusnode.server.audit.store.StoryTable;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.configuration.AuditProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.erasure.ErasedPersonTable;
import eu.sinusnode.server.erasure.ErasureMarks;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.Zone;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the audit together: journal, drainer, store, and who reads it. */
@Configuration
class AuditConfiguration {

    /** The pool of the audit; whoever makes it says that the tables are there. */
    static final String CONNECTIONS = "auditConnections";

    @Bean
    AuditKeys auditKeys(PurposeKeys keys) {
        return new PurposeAuditKeys(keys);
    }

    @Bean(destroyMethod = "close")
    Journal auditJournal(ServiceProperties service, AuditKeys keys) {
        return Journal.open(AuditFiles.journal(service.home()), keys);
    }

    @Bean(destroyMethod = "close")
    JournalFlusher auditJournalFlusher(Journal journal, AuditProperties properties) {
        return new JournalFlusher(journal, properties.flushEvery()).start();
    }

    @Bean
    AuditSink auditSink(Journal journal, JournalFlusher flusher, MeterRegistry meters) {
        return new JournalSink(journal, meters);
    }

    @Bean
    ChainAnchor auditAnchor(ServiceProperties service, Journal journal) {
        return new ChainAnchor(AuditFiles.directory(service.home()));
    }

    @Bean
    AuditStore auditStore(
            @Qualifier(CONNECTIONS) HikariDataSource audit,
            AuditKeys keys,
            PurposeKeys purposeKeys,
            ChainAnchor anchor,
            Clock clock) {
        ErasedPersons erased = new ErasedPersonTable(audit, new ErasureMarks(purposeKeys));
        return new AuditStore(audit, StoredPersons.in(audit), erased, keys, anchor, clock);
    }

    @Bean(destroyMethod = "close")
    JournalDrainer auditDrainer(
            Journal journal,
            AuditKeys keys,
            AuditStore store,
            ServiceProperties service,
            Clock clock,
            MeterRegistry meters) {
        Path home = service.home();
        JournalDrainer drainer = new JournalDrainer(
                journal,
                Journal.open(AuditFiles.refused(home), keys),
                new EntryRenderer(new AuditEvents(service.baseUrl())),
                store,
                clock);
        AuditMeters.register(drainer, meters);
        return drainer.start();
    }

    @Bean(destroyMethod = "close")
    DailyRetention auditRetention(
            @Qualifier(CONNECTIONS) HikariDataSource audit,
            AuditKeys keys,
            AuditStore store,
            AuditSink sink,
            AuditProperties properties,
            Clock clock) {
        return new DailyRetention(
                        new RetentionRun(audit, keys, store, clock),
                        properties.retention(),
                        new AuditTrail(sink, clock))
                .start();
    }

    @Bean
    SubjectTable auditSubjects(@Qualifier(CONNECTIONS) HikariDataSource audit, AuditKeys keys) {
        return new SubjectTable(audit, keys);
    }

    @Bean
    EventOpener auditEventOpener(FhirContext context, SubjectTable subjects) {
        return new EventOpener(context, subjects);
    }

    @Bean
    StoredSoFar auditStoredSoFar(JournalDrainer drainer, AuditProperties properties) {
        return () -> drainer.await(properties.searchPatience());
    }

    @Bean
    AuditEventProvider auditEvents(
            HikariDataSource dataSource, EventOpener opener, SubjectTable subjects, StoredSoFar storedSoFar) {
        return new AuditEventProvider(new AuditEventTable(dataSource, opener, subjects), storedSoFar);
    }

    @Bean
    AccessLogOperation accessLog(
            HikariDataSource dataSource,
            SubjectTable subjects,
            StoredRecords records,
            RequestPipeline pipeline,
            StoredSoFar storedSoFar) {
        return new AccessLogOperation(
                new StoryTable(dataSource, subjects),
                new AccessInWords(new OrganizationNames(records), Zone.OF_DATES),
                records,
                pipeline.gate(),
                storedSoFar);
    }

    @Bean
    AffectedPatientsOperation affectedPatients(HikariDataSource dataSource, StoredSoFar storedSoFar) {
        return new AffectedPatientsOperation(dataSource, storedSoFar);
    }

    @Bean
    UnfinishedRunsOperation unfinishedRuns(HikariDataSource dataSource, StoredSoFar storedSoFar) {
        return new UnfinishedRunsOperation(dataSource, storedSoFar);
    }
}
