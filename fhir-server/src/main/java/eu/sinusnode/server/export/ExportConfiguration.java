package eu.sinusnode.server.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.export.delivery.DeliveredForms;
import eu.sinusnode.server.export.delivery.FileDelivery;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.export.job.AuditedRuns;
import eu.sinusnode.server.export.job.ExportJobs;
import eu.sinusnode.server.export.job.ExportRoom;
import eu.sinusnode.server.export.job.ExportWorkers;
import eu.sinusnode.server.export.job.TypeFilters;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.projection.StoredHistory;
import eu.sinusnode.server.storage.Zone;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts bulk export together. */
@Configuration
class ExportConfiguration {

    @Bean
    ExportDirectory exportDirectory(ServiceProperties service, PurposeKeys keys) {
        return ExportDirectory.open(service.home(), keys);
    }

    @Bean
    ExportJobs exportJobs(HikariDataSource dataSource) {
        return new ExportJobs(dataSource);
    }

    @Bean
    PatientExports patientExports(HikariDataSource dataSource, ExportJobs jobs, ExportDirectory directory) {
        return new PatientExports(new RunningTransaction(dataSource), jobs, directory);
    }

    @Bean
    ExportRoom exportRoom(ExportJobs jobs, ExportDirectory directory, ExportProperties limits) {
        return new ExportRoom(jobs, directory, limits);
    }

    @Bean
    TypeFilters exportFilters(DaoRegistry daos, IHapiTransactionService transactions) {
        return new TypeFilters(daos, transactions);
    }

    @Bean
    StoredHistory storedHistory(HikariDataSource dataSource, DaoRegistry daos, IHapiTransactionService transactions) {
        return new StoredHistory(dataSource, daos, transactions, new ConsentCompiler(Zone.OF_DATES));
    }

    @Bean(destroyMethod = "close")
    ExportWorkers exportWorkers(
            ExportJobs jobs,
            ExportDirectory directory,
            ExportRoom room,
            HikariDataSource dataSource,
            FhirContext context,
            RequestPipeline pipeline,
            StoredHistory history,
            StoredRecords storage,
            TypeFilters filters,
            ExportProperties limits,
            MeterRegistry meters,
            AuditSink audit,
            Clock clock) {
        return new ExportWorkers(
                jobs,
                directory,
                room,
                dataSource,
                context,
                pipeline.bulkDisclosure(),
                history,
                storage,
                filters,
                limits,
                meters,
                new AuditedRuns(new AuditTrail(audit, clock)),
                clock,
                Zone.OF_DATES);
    }

    /** What a former process left is taken up when this one serves. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> exportsBegin(ObjectProvider<ExportWorkers> workers) {
        return ready -> workers.getObject().start();
    }

    @Bean
    ExportProvider exports(
            ExportJobs jobs,
            ExportRoom room,
            ExportWorkers workers,
            RequestPipeline pipeline,
            TypeFilters filters,
            RequestAudit audit,
            ExportProperties limits,
            PurposeKeys keys,
            Clock clock) {
        Minimising minimising = new Minimising(keys, limits.smallestGroup(), clock, Zone.OF_DATES);
        return new ExportProvider(
                new ExportOrders(pipeline.bulkDisclosure(), filters, minimising),
                jobs,
                room,
                workers,
                pipeline.bulkDisclosure(),
                audit,
                limits,
                clock);
    }

    @Bean
    ExportStatusProvider exportStatus(
            ExportJobs jobs,
            ExportDirectory directory,
            RequestPipeline pipeline,
            StoredHistory history,
            RequestAudit audit,
            FhirContext context,
            ObjectMapper json,
            PurposeKeys keys,
            Clock clock) {
        FileDelivery delivery = new FileDelivery(
                directory,
                pipeline.bulkDisclosure(),
                history,
                audit,
                new DeliveredForms(context, keys, Zone.OF_DATES),
                context,
                clock);
        return new ExportStatusProvider(
                jobs, directory, delivery, pipeline.bulkDisclosure(), audit, context, json, clock);
    }
}
