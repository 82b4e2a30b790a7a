package eu.sinusnode.server.everything;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.LimitProperties;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $everything} together. */
@Configuration
class EverythingConfiguration {

    @Bean
    EverythingOperation everything(
            FhirContext context,
            DataSource dataSource,
            PartitionSettings partitions,
            StoredRecords stored,
            RequestPipeline pipeline,
            LimitProperties limits) {
        EverythingPages pages = new EverythingPages(
                context,
                new PatientRecords(dataSource, new CareDates(partitions)),
                stored,
                pipeline.bulkDisclosure(),
                pipeline.gate(),
                pipeline.scope());
        WantedReader reader = new WantedReader(pipeline.bulkDisclosure(), limits.pageSize(), limits.maxPageSize());
        return new EverythingOperation(stored, pipeline.gate(), reader, pages);
    }
}
