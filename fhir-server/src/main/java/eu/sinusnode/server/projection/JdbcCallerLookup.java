package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.narrowing.CallerLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The version of an Organization, and what {@link JdbcPermitDirectory} tells of patients, by one statement. */
public class JdbcCallerLookup implements CallerLookup {

    /** One row at least: an Organization that is not stored has no version, and without a related patient the rest is null. */
    private static final String ORGANIZATION_AND_RELATED =
            """
            SELECT o.version, m.patient AS related, %s
            FROM (SELECT (SELECT v.res_ver FROM public.hfj_resource v
                WHERE v.res_type = 'Organization' AND v.fhir_id = ? AND v.res_deleted_at IS NULL) AS version) o
            LEFT JOIN (%s) ON %s
            """.formatted(DirectiveRow.COLUMNS, JdbcPermitDirectory.RELATED, JdbcPermitDirectory.ARE_RELATED);

    private final StoredOrganizations organizations;
    private final JdbcClient jdbc;

    public JdbcCallerLookup(StoredOrganizations organizations, DataSource lookups) {
        this.organizations = organizations;
        this.jdbc = JdbcClient.create(lookups);
    }

    @Override
    public Found find(
            String organizationId,
            Relationship relationship,
            Collection<String> patientIds,
            Purpose purpose,
            Instant at) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        UUID[] patients = JdbcPermitDirectory.uuids(patientIds);
        if (organization.isEmpty() || patients.length == 0) {
            return new Found(organizations.find(organizationId), Map.of());
        }
        List<Object> parameters = new ArrayList<>();
        parameters.add(organizationId);
        parameters.addAll(JdbcPermitDirectory.related(organization.get(), relationship, patients, purpose, at));
        RelatedRows related = new RelatedRows();
        List<Long> version = new ArrayList<>();
        jdbc.sql(ORGANIZATION_AND_RELATED).params(parameters).query(row -> {
            long number = row.getLong("version");
            if (!row.wasNull()) {
                version.add(number);
            }
            related.processRow(row);
        });
        return new Found(
                version.stream().findFirst().flatMap(number -> organizations.find(organizationId, number)),
                related.byPatient());
    }
}
