package eu.sinusnode.server.measurements;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.population.CurrentRecords;
import eu.sinusnode.server.storage.LookupConnections;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $lastn}, {@code $stats} and {@code $trend} together. */
@Configuration
class MeasurementsConfiguration {

    @Bean
    MeasurementOperations measurementOperations(
            FhirContext context,
            DataSource dataSource,
            @Qualifier(LookupConnections.NAME) DataSource lookups,
            PartitionSettings partitions,
            StoredRecords stored,
            RequestPipeline pipeline,
            ServiceProperties service,
            Clock clock) {
        PermittedRecords permitted = new PermittedRecords(
                context, stored, pipeline.visibility(), pipeline.bulkDisclosure(), pipeline.scope());
        TokenIndex tokens = new TokenIndex(partitions);
        StoredObservations others = new StoredObservations(dataSource, tokens);
        CurrentRecords records = new CurrentRecords(lookups);
        Measurements measurements = new Measurements(new LaneReadings(dataSource), new StoredValues(others));
        String base = service.baseUrl();
        ZoneId zone = Zone.OF_DATES;
        return new MeasurementOperations(
                new LastNOperation(
                        new NewestReader(base), permitted, new Newest(new LaneWalk(lookups, tokens), records, others)),
                new StatsOperation(
                        new StatsReader(base, clock, zone), permitted, measurements, records, pipeline.gate()),
                new TrendOperation(new TrendReader(base, clock, zone), permitted, measurements));
    }
}
