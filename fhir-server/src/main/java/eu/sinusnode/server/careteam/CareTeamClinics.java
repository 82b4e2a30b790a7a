package eu.sinusnode.server.careteam;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clinics of a patient's care teams, the longest there first, each with what it may have of the record. */
public class CareTeamClinics {

    private static final String CLINICS = """
            SELECT m.party::text FROM sinusnode.membership m
            WHERE m.patient = :patient AND m.relationship = 'CARE_TEAM'
                AND m.valid_from <= :at AND :at < m.valid_to
            GROUP BY m.party ORDER BY min(m.membership)
            """;

    private final JdbcClient jdbc;
    private final PermitDirectory permits;
    private final StoredRecords records;

    public CareTeamClinics(DataSource dataSource, PermitDirectory permits, StoredRecords records) {
        this.jdbc = JdbcClient.create(dataSource);
        this.permits = permits;
        this.records = records;
    }

    public List<ClinicView> of(UUID patient, Instant at) {
        return jdbc
                .sql(CLINICS)
                .param("patient", patient)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list()
                .stream()
                .map(clinic -> ClinicView.of(patient, clinic, permits, records, at))
                .toList();
    }
}
