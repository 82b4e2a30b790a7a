package eu.sinusnode.server.storage;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the policies read from the storage. */
@Configuration
class PolicyPortsConfiguration {

    @Bean
    StoredRecordsInDao storedRecords(DaoRegistry daos) {
        return new StoredRecordsInDao(daos);
    }
}
