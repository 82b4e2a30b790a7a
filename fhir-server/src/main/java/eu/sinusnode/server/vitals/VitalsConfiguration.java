package eu.sinusnode.server.vitals;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.cache.IResourceTypeCacheSvc;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.search.ValueParameter;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.search.values.EitherCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration
class VitalsConfiguration {

    @Bean
    VitalTransaction vitalTransaction(
            HikariDataSource dataSource,
            JpaTransactionManager transactions,
            PartitionSettings partitions,
            IResourceTypeCacheSvc types,
            IInterceptorService hooks,
            MeterRegistry meters) {
        return new VitalTransaction(
                new TransactionTemplate(transactions),
                new RunningTransaction(dataSource),
                new VitalIndex(partitions, indexed()),
                types,
                hooks,
                meters.counter("sinusnode.vitals.copied"));
    }

    private static Set<String> indexed() {
        Set<String> indexed =
                new HashSet<>(OpenParameters.byType(AccessMatrix.standard()).get(ValueParameter.TYPE));
        indexed.removeAll(ValueParameter.names());
        indexed.remove(EitherCode.PARAMETER);
        return indexed;
    }
}
