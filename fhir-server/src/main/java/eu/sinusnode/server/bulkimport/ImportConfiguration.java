package eu.sinusnode.server.bulkimport;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.bulkimport.job.AuditedImports;
import eu.sinusnode.server.bulkimport.job.ImportFolder;
import eu.sinusnode.server.bulkimport.job.ImportJobs;
import eu.sinusnode.server.bulkimport.job.ImportWorkers;
import eu.sinusnode.server.configuration.ImportProperties;
import eu.sinusnode.server.upload.SentIdentifierTable;
import eu.sinusnode.server.vitals.VitalTransaction;
import java.time.Clock;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;

/** Puts bulk import together. */
@Configuration
class ImportConfiguration {

    @Bean
    ImportFolder importFolder(ImportProperties limits) {
        return new ImportFolder(limits.folder());
    }

    @Bean
    ImportJobs importJobs(HikariDataSource dataSource) {
        return new ImportJobs(dataSource);
    }

    @Bean(destroyMethod = "close")
    ImportWorkers importWorkers(
            ImportJobs jobs,
            ImportFolder folder,
            RequestPipeline pipeline,
            JpaTransactionManager transactions,
            VitalTransaction vitals,
            IFhirSystemDao<Bundle, Meta> storage,
            SentIdentifierTable identifiers,
            ImportProperties limits,
            HikariDataSource dataSource,
            FhirContext context,
            AuditSink audit,
            Clock clock) {
        return ImportWorkers.of(
                jobs,
                folder,
                pipeline.bulkWrites(),
                transactions,
                vitals,
                storage,
                identifiers,
                new AuditedImports(jobs, new AuditTrail(audit, clock)),
                limits,
                dataSource,
                context,
                clock);
    }

    /** What a former process left is taken up when this one serves. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> importsBegin(ObjectProvider<ImportWorkers> workers) {
        return ready -> workers.getObject().start();
    }

    @Bean
    ImportProvider imports(
            ImportJobs jobs,
            ImportFolder folder,
            ImportWorkers workers,
            RequestPipeline pipeline,
            RequestAudit audit,
            ImportProperties limits,
            Clock clock) {
        return new ImportProvider(
                new ImportOrders(pipeline.bulkWrites(), folder, limits.filesPerJob()),
                jobs,
                workers,
                audit,
                limits.jobsPerCaller(),
                clock);
    }

    @Bean
    ImportStatusProvider importStatus(
            ImportJobs jobs, ImportWorkers workers, RequestAudit audit, ObjectMapper json, Clock clock) {
        return new ImportStatusProvider(jobs, workers, audit, json, clock);
    }
}
