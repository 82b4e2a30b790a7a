package eu.sinusnode.server.appointments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.residency.EndpointRegistry;
import eu.sinusnode.server.residency.SignedResidency;
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
    VideoEncounters videoEncounters(
            IHapiTransactionService transactions, DaoRegistry daos, HikariDataSource dataSource) {
        return new VideoEncounters(transactions, daos, new RunningTransaction(dataSource));
    }

    @Bean
    VideoRooms videoRooms(
            VideoProperties video,
            ServiceProperties service,
            SignedResidency residency,
            PurposeKeys keys,
            Clock clock) {
        return new VideoRooms(
                video,
                service.baseUrl(),
                new EndpointRegistry(residency.document(), EndpointPurpose.VIDEO, clock),
                keys);
    }

    @Bean
    AppointmentOperations appointmentOperations(
            Bookings bookings,
            VideoEncounters encounters,
            VideoRooms rooms,
            PermitDirectory permits,
            RequestPipeline pipeline,
            FhirContext context,
            Clock clock) {
        BookingRights rights = new BookingRights(pipeline.scope(), pipeline.visibility(), permits);
        return inner -> {
            AppointmentChanges changes =
                    new AppointmentChanges(inner, context, rights, pipeline.gate(), bookings, clock);
            return List.of(
                    new BookOperation(changes),
                    new RescheduleOperation(changes),
                    new CancelOperation(changes),
                    new JoinOperation(
                            changes, new VideoRights(pipeline.scope(), pipeline.visibility()), rooms, encounters));
        };
    }
}
