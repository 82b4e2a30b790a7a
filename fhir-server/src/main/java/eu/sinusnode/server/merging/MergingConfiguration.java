package eu.sinusnode.server.merging;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.validation.MergePolicy;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.projection.PatientAccessTable;
import eu.sinusnode.server.projection.RunningTransaction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $merge} together. */
@Configuration
class MergingConfiguration {

    @Bean
    MergeOperation merge(
            FhirContext context,
            IHapiTransactionService transactions,
            DaoRegistry daos,
            StoredRecords stored,
            HikariDataSource dataSource,
            RequestPipeline pipeline,
            ServiceProperties service) {
        PatientMerge merge = new PatientMerge(
                daos,
                stored,
                new SourceRecords(new RunningTransaction(dataSource)),
                new PatientAccessTable(dataSource),
                new MergePolicy(context),
                new MovedReferences(context),
                pipeline.writeChecks(),
                pipeline.scope(),
                service.baseUrl());
        return new MergeOperation(transactions, merge, pipeline.scope());
    }
}
