package eu.sinusnode.server.replay;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what {@code $risk-replay} stores with. */
@Configuration
class ReplayConfiguration {

    @Bean
    Replays replays(IHapiTransactionService transactions, DaoRegistry daos, DataSource dataSource) {
        return new Replays(transactions, daos, dataSource);
    }
}
