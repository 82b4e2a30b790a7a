package eu.sinusnode.server.erasure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Patients of whom a version of a Consent was stored that the database does not have, since a backup was restored. What they
 * withdrew or denied cannot be told any more, so nothing of theirs stays permitted.
 */
class ClosedConsents {

    private static final String VERSIONS = """
            SELECT r.fhir_id, v.res_ver::text AS version FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id WHERE r.res_type = 'Consent'
            """;

    private final JdbcTemplate jdbc;
    private final ErasureMarks marks;
    private final RightsList list;

    ClosedConsents(DataSource dataSource, ErasureMarks marks, RightsList list) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.marks = marks;
        this.list = list;
    }

    /** By mark, in hexadecimal. */
    Set<String> stale() {
        Set<String> stored = new HashSet<>();
        jdbc.query(VERSIONS, row -> {
            marks.all(ConsentListProjection.reference(
                            String.valueOf(row.getString(1)), String.valueOf(row.getString(2))))
                    .forEach(mark -> stored.add(RightsList.hex(mark)));
        });
        Set<String> patients = new HashSet<>();
        list.consents().stream()
                .filter(version -> !stored.contains(version.version()))
                .forEach(version -> patients.add(version.patient()));
        return patients;
    }

    /** @return those of them to whom that made a difference */
    List<UUID> close(List<UUID> patients) {
        List<UUID> closed = new ArrayList<>();
        for (UUID patient : patients) {
            // A team that is stored later would bring the permits back.
            jdbc.update("DELETE FROM sinusnode.team_directive WHERE patient = ? AND effect = 'p'", patient);
            if (jdbc.update("DELETE FROM sinusnode.directive WHERE patient = ? AND effect = 'p'", patient) > 0) {
                closed.add(patient);
            }
        }
        return closed;
    }
}
