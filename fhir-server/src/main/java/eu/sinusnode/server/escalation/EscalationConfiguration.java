package eu.sinusnode.server.escalation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.server.configuration.SignOffProperties;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.replay.AutomatedAnalysis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what looks for overdue Tasks. */
@Configuration
class EscalationConfiguration {

    @Bean
    Escalations escalations(
            IHapiTransactionService transactions,
            DaoRegistry daos,
            HikariDataSource dataSource,
            PermitDirectory permits,
            StoredRecords records,
            PractitionerDirectory practitioners,
            AuditSink sink,
            Clock clock) {
        ResponsibleClinics clinics = new ResponsibleClinics(dataSource, permits, records, practitioners);
        return new Escalations(
                transactions,
                daos,
                new TaskDueTable(new RunningTransaction(dataSource)),
                Map.of(
                        TaskKind.SIGN_OFF,
                        new SignOffAudience(clinics, records, new AutomatedAnalysis(dataSource)),
                        TaskKind.QUESTION,
                        new QuestionAudience(clinics, records),
                        TaskKind.ALERT,
                        new AlertAudience(clinics, records)),
                new AuditTrail(sink, clock));
    }

    @Bean(destroyMethod = "close")
    EscalationWatch escalationWatch(
            Escalations escalations, Clock clock, MeterRegistry meters, SignOffProperties properties) {
        return new EscalationWatch(escalations, clock, meters).start(properties.lookEvery());
    }
}
