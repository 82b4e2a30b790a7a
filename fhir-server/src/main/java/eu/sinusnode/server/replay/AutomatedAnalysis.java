package eu.sinusnode.server.replay;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a patient's Consents open anything to automated analysis, by whomever. */
public final class AutomatedAnalysis {

    private static final String OPEN = """
            SELECT EXISTS (SELECT FROM sinusnode.directive_in_force p
                WHERE p.patient = :patient AND p.purpose = :purpose AND p.effect = 'p'
                    AND p.valid_from <= :at AND :at < p.valid_to)
            """;

    private final JdbcClient jdbc;

    public AutomatedAnalysis(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public boolean isOpen(String patientId, Instant at) {
        return ResourceIds.parse(patientId)
                .map(patient -> jdbc.sql(OPEN)
                        .param("patient", patient)
                        .param("purpose", Purpose.CAREMGT.name())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .query(Boolean.class)
                        .single())
                .orElse(false);
    }
}
