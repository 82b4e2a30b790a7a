package eu.sinusnode.server.population;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Which of many rows of the storage are of a patient who is linked to the caller and permits it something of their type. It
 * is never stricter than {@link eu.sinusnode.policy.consent.ConsentRules}, by which what it leaves is decided.
 */
public final class PermittedRows {

    /** Ids that are no UUIDs are in none of our tables. */
    private static final String PERMITTED = """
            SELECT c.row FROM unnest(:rows) WITH ORDINALITY AS c(row, place)
            WHERE EXISTS (
                SELECT FROM (%s) o WHERE (
                    SELECT TRUE FROM sinusnode.directive_in_force p
                    WHERE p.patient = o.patient AND p.organization = :organization AND p.purpose = :purpose
                        AND p.effect = 'p' AND p.valid_from <= :at AND :at < p.valid_to
                        AND (:anyType OR p.resource_type IS NULL OR p.resource_type = :type) LIMIT 1)
                    AND (NOT :linked OR (
                        SELECT TRUE FROM sinusnode.membership m
                        WHERE m.party = :organization AND m.relationship = :relationship AND m.patient = o.patient
                            AND m.valid_from <= :at AND :at < m.valid_to LIMIT 1)))
            ORDER BY c.place
            """;

    private static final String UUID_FORM = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    private static final String PATIENT =
            "CASE WHEN r.fhir_id ~ '" + UUID_FORM + "' THEN r.fhir_id::uuid END AS patient";

    private static final String ITSELF =
            PERMITTED.formatted("SELECT " + PATIENT + " FROM public.hfj_resource r WHERE r.res_id = c.row");

    private static final String REFERENCED = PERMITTED.formatted("SELECT " + PATIENT
            + " FROM public.hfj_res_link l JOIN public.hfj_resource r ON r.res_id = l.target_resource_id"
            + " WHERE l.src_resource_id = c.row AND l.target_resource_type = 'Patient'");

    /** Links go when a record is deleted; whose it was is remembered in a table of our own. */
    private static final String REMEMBERED = PERMITTED.formatted("SELECT " + PATIENT
            + " FROM public.hfj_res_link l JOIN public.hfj_resource r ON r.res_id = l.target_resource_id"
            + " WHERE l.src_resource_id = c.row AND l.target_resource_type = 'Patient'"
            + " UNION ALL SELECT g.patient FROM public.hfj_resource d JOIN sinusnode.deleted_record g"
            + " ON g.resource_type = d.res_type AND g.record = CASE WHEN d.fhir_id ~ '" + UUID_FORM + "'"
            + " THEN d.fhir_id::uuid END WHERE d.res_id = c.row");

    private final NamedParameterJdbcTemplate jdbc;

    public PermittedRows(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    }

    /** In the order in which they are given. */
    List<Long> among(List<Long> rows, String resourceType, Caller caller, Instant at) {
        return ask(REFERENCED, rows, resourceType, caller, at);
    }

    /** Records that have been deleted, too, by whose they were. */
    public List<Long> everAmong(List<Long> rows, String resourceType, Caller caller, Instant at) {
        return ask(REMEMBERED, rows, resourceType, caller, at);
    }

    private List<Long> ask(String others, List<Long> rows, String resourceType, Caller caller, Instant at) {
        Optional<Recipient> recipient = Recipient.of(caller, at);
        return rows.isEmpty() || recipient.isEmpty()
                ? List.of()
                : ask(resourceType.equals("Patient") ? ITSELF : others, rows, resourceType, caller, recipient.get());
    }

    private List<Long> ask(String statement, List<Long> rows, String resourceType, Caller caller, Recipient recipient) {
        return jdbc.queryForList(
                statement,
                Map.of(
                        "rows", rows.toArray(Long[]::new),
                        "organization", recipient.organization(),
                        "purpose", recipient.purpose(),
                        "relationship", recipient.relationship(),
                        "linked", recipient.linked(),
                        "at", recipient.at(),
                        "type", resourceType,
                        // What the analysis itself writes it has without a permit of that type.
                        "anyType", caller.kind() == CallerKind.ANALYSIS_JOB),
                Long.class);
    }
}
