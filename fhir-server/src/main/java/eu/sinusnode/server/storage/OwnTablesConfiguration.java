package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.CallerLookup;
import eu.sinusnode.policy.narrowing.MembershipExtractor;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.server.audit.AuditConnections;
import eu.sinusnode.server.breakglass.BreakGlassTable;
import eu.sinusnode.server.configuration.QuestionProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.erasure.ConsentListProjection;
import eu.sinusnode.server.escalation.TaskDueProjection;
import eu.sinusnode.server.flags.OpenFlagProjection;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.fulltext.table.TextProjection;
import eu.sinusnode.server.fulltext.table.TextTable;
import eu.sinusnode.server.interactions.UnmetConditionProjection;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.labels.LabelFlowProjection;
import eu.sinusnode.server.lane.MeasuringDeviceProjection;
import eu.sinusnode.server.lane.PersonVersions;
import eu.sinusnode.server.lane.ReadingChangeProjection;
import eu.sinusnode.server.lane.ReadingCursor;
import eu.sinusnode.server.lane.RiskInputOperation;
import eu.sinusnode.server.lane.RiskInputProjection;
import eu.sinusnode.server.lane.RiskInputTable;
import eu.sinusnode.server.lane.RrIntervalCursor;
import eu.sinusnode.server.lane.RrIntervalsOperation;
import eu.sinusnode.server.lane.StoredRecordsBeside;
import eu.sinusnode.server.lane.VitalReadingProjection;
import eu.sinusnode.server.lane.VitalReadingTable;
import eu.sinusnode.server.lane.VitalReadingsOperation;
import eu.sinusnode.server.lane.WithoutReadingTable;
import eu.sinusnode.server.projection.BinaryOwnerProjection;
import eu.sinusnode.server.projection.DeletedRecordProjection;
import eu.sinusnode.server.projection.JdbcCallerLookup;
import eu.sinusnode.server.projection.JdbcPermitDirectory;
import eu.sinusnode.server.projection.JpaStoredRecords;
import eu.sinusnode.server.projection.LabelledObservationProjection;
import eu.sinusnode.server.projection.MembershipProjection;
import eu.sinusnode.server.projection.PatientLinkProjection;
import eu.sinusnode.server.projection.PermitProjection;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.projection.StoredOrganizations;
import eu.sinusnode.server.projection.StoredPractitioners;
import eu.sinusnode.server.projection.TeamDirectiveProjection;
import eu.sinusnode.server.projection.TellingBarrier;
import eu.sinusnode.server.records.LabelInterceptor;
import eu.sinusnode.server.reminders.IntakeProjection;
import eu.sinusnode.server.reminders.ReminderPlanProjection;
import eu.sinusnode.server.subscriptions.EventProjection;
import eu.sinusnode.server.subscriptions.LiveSubscriptions;
import eu.sinusnode.server.subscriptions.SubscriptionRecords;
import eu.sinusnode.server.subscriptions.SubscriptionTable;
import eu.sinusnode.server.upload.SentIdentifierProjection;
import eu.sinusnode.server.upload.SentIdentifierTable;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/** Our own tables beside HAPI's: kept in the storing transaction, read by policies, the fast lane and auditors. */
@Configuration
class OwnTablesConfiguration {

    /** The pool of the audit alone; see {@code AuditConfiguration}. */
    private static final String AUDIT = "auditConnections";

    @Bean
    SentIdentifierTable sentIdentifiers(
            @Qualifier(LookupConnections.NAME) DataSource lookups, HikariDataSource dataSource, Schema schema) {
        return new SentIdentifierTable(lookups, dataSource);
    }

    @Bean
    ProjectionInterceptor projections(
            HikariDataSource dataSource,
            SentIdentifierTable sentIdentifiers,
            TextTable textTable,
            PurposeKeys keys,
            ServiceProperties service,
            QuestionProperties questions,
            Clock clock,
            FhirContext context,
            ObjectProvider<EntityManagerFactory> storage,
            LiveSubscriptions subscriptions,
            @Lazy RecordSearch storedSearch) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        EventProjection events = new EventProjection(transaction, subscriptions);
        // Devices before readings: a Bundle may bring a Device and what it measured.
        return new ProjectionInterceptor(List.of(
                new MeasuringDeviceProjection(transaction),
                new VitalReadingProjection(new VitalReadingTable(transaction), new WithoutReadingTable(transaction)),
                new ReadingChangeProjection(transaction),
                new RiskInputProjection(new RiskInputTable(transaction)),
                new SentIdentifierProjection(sentIdentifiers),
                new OpenFlagProjection(transaction),
                new TaskDueProjection(transaction, questions),
                new LabelFlowProjection(transaction, context, () -> flush(storage.getObject())),
                new LabelledObservationProjection(transaction),
                new UnmetConditionProjection(transaction, storedSearch),
                new MembershipProjection(transaction, new MembershipExtractor(Zone.OF_DATES)),
                new PermitProjection(transaction, new ConsentCompiler(Zone.OF_DATES)),
                new TeamDirectiveProjection(transaction),
                new IntakeProjection(),
                new ReminderPlanProjection(transaction),
                new TextProjection(textTable, AccessMatrix.standard().prose()),
                new PatientLinkProjection(transaction),
                new BinaryOwnerProjection(transaction),
                new DeletedRecordProjection(transaction),
                events,
                new TellingBarrier(transaction, events::somebodyListens),
                ConsentListProjection.of(service.home(), keys, clock)));
    }

    private static void flush(EntityManagerFactory storage) {
        EntityManager entities = EntityManagerFactoryUtils.getTransactionalEntityManager(storage);
        if (entities != null) {
            entities.flush();
        }
    }

    @Bean
    LabelInterceptor labels() {
        return new LabelInterceptor();
    }

    @Bean
    TextTable textTable(HikariDataSource dataSource) {
        return new TextTable(new RunningTransaction(dataSource));
    }

    @Bean
    TextChanges textChanges(HikariDataSource dataSource, Schema schema) {
        return new TextChanges(dataSource);
    }

    @Bean
    StoredRecords storedRecords(
            DaoRegistry daos,
            IHapiTransactionService transactions,
            IJpaStorageResourceParser parser,
            SubscriptionTable subscriptions,
            FhirContext context,
            @Qualifier(LookupConnections.NAME) DataSource lookups) {
        return new SubscriptionRecords(
                new JpaStoredRecords(daos, transactions, parser, lookups), subscriptions, context);
    }

    @Bean
    StoredOrganizations organizations(StoredRecords records, @Qualifier(LookupConnections.NAME) DataSource lookups) {
        return new StoredOrganizations(records, lookups);
    }

    @Bean
    PractitionerDirectory practitioners(StoredRecords records, @Qualifier(LookupConnections.NAME) DataSource lookups) {
        return new StoredPractitioners(records, lookups);
    }

    @Bean
    PermitDirectory permitDirectory(
            @Qualifier(LookupConnections.NAME) DataSource lookups, HikariDataSource dataSource, Schema schema) {
        return new JdbcPermitDirectory(lookups, dataSource);
    }

    @Bean
    CallerLookup callerLookup(
            StoredOrganizations organizations, @Qualifier(LookupConnections.NAME) DataSource lookups, Schema schema) {
        return new JdbcCallerLookup(organizations, lookups);
    }

    @Bean
    BreakGlassTable openings(@Qualifier(LookupConnections.NAME) DataSource lookups, Schema schema) {
        return new BreakGlassTable(lookups);
    }

    @Bean(name = AUDIT, destroyMethod = "close", defaultCandidate = false)
    HikariDataSource auditConnections(HikariDataSource dataSource, Schema schema) {
        return AuditConnections.besides(dataSource);
    }

    @Bean
    VitalReadingsOperation vitalReadings(HikariDataSource dataSource, Clock clock, RequestAudit audit, Schema schema) {
        return new VitalReadingsOperation(new ReadingCursor(dataSource, new StoredRecordsBeside()), clock, audit);
    }

    @Bean
    RrIntervalsOperation rrIntervals(
            HikariDataSource dataSource,
            PermitDirectory permits,
            StoredRecords records,
            FhirContext context,
            RequestPipeline pipeline,
            Clock clock,
            RequestAudit audit) {
        return new RrIntervalsOperation(
                new RrIntervalCursor(dataSource, permits, records, clock), context, pipeline.scope(), clock, audit);
    }

    @Bean
    RiskInputOperation riskInput(
            HikariDataSource dataSource, PermitDirectory permits, Clock clock, RequestAudit audit) {
        return new RiskInputOperation(new PersonVersions(dataSource, permits), clock, audit);
    }
}
