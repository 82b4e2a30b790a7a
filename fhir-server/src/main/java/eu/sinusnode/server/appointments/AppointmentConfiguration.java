package eu.sinusnode.server.appointments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operations on appointments. */
@Configuration
class AppointmentConfiguration {

    @Bean
    Bookings bookings(
            IHapiTransactionService transactions,
            DaoRegistry daos,
            RecordSearch storedSearch,
            HikariDataSource dataSource) {
        return new Bookings(transactions, daos, storedSearch, new RunningTransaction(dataSource));
    }

    @Bean
    AppointmentOperations appointmentOperations(
            Bookings bookings, PermitDirectory permits, RequestPipeline pipeline, FhirContext context, Clock clock) {
        BookingRights rights = new BookingRights(pipeline.scope(), pipeline.visibility(), permits);
        return inner -> {
            AppointmentChanges changes =
                    new AppointmentChanges(inner, context, rights, pipeline.gate(), bookings, clock);
            return List.of(new BookOperation(changes), new RescheduleOperation(changes), new CancelOperation(changes));
        };
    }
}
