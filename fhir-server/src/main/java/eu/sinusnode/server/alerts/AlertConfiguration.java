package eu.sinusnode.server.alerts;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.server.careteam.CareTeamClinics;
import eu.sinusnode.server.therapy.HeldPlans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what looks at answers. */
@Configuration
class AlertConfiguration {

    @Bean
    AnswerAlerts answerAlerts(
            DaoRegistry daos,
            HikariDataSource dataSource,
            PermitDirectory permits,
            StoredRecords records,
            HeldPlans plans,
            AuditSink sink,
            MeterRegistry meters,
            Clock clock) {
        AuditTrail audit = new AuditTrail(sink, clock);
        return new AnswerAlerts(
                new AlertedClinics(
                        new AskingPlans(plans, records),
                        new CareTeamClinics(dataSource, permits, records),
                        records,
                        daos,
                        audit,
                        new UntoldAlerts(
                                patient -> !permits.restrictedAmong(Set.of(patient.toString()))
                                        .isEmpty(),
                                audit,
                                meters)),
                clock);
    }
}
