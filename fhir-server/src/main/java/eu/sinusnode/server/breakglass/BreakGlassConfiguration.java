package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.breakglass.BreakGlassPolicy;
import eu.sinusnode.server.configuration.BreakGlassProperties;
import eu.sinusnode.server.notice.PatientNotices;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code $break-glass} together. */
@Configuration
class BreakGlassConfiguration {

    @Bean
    BreakGlassOperation breakGlass(
            IHapiTransactionService transactions,
            BreakGlassTable table,
            StoredRecords stored,
            DaoRegistry daos,
            BreakGlassProperties settings,
            Clock clock) {
        BreakGlassPolicy policy = new BreakGlassPolicy(settings.patientsAtOnce());
        PatientNotices notices = new PatientNotices(daos);
        return new BreakGlassOperation(
                transactions, policy, new BreakGlass(policy, table, stored, notices, settings.duration()), clock);
    }

    @Bean
    EndBreakGlassOperation endBreakGlass(BreakGlassTable table, Clock clock) {
        return new EndBreakGlassOperation(table, clock);
    }
}
