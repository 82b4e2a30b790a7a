package eu.sinusnode.server.measurements;

import eu.sinusnode.server.population.CurrentRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * A patient's Observations as the storage's own index finds them: for codes that the lane of readings does not know. All
 * that are found are looked at, some hundred at a time.
 */
final class StoredObservations {

    private static final int AT_ONCE = 500;

    private static final String OF_PATIENT = """
            SELECT DISTINCT r.fhir_id
            FROM public.hfj_resource p JOIN public.hfj_res_link l ON l.target_resource_id = p.res_id
            JOIN public.hfj_resource r ON r.res_id = l.src_resource_id
            WHERE p.res_type = 'Patient' AND p.fhir_id = :patient AND l.source_resource_type = 'Observation'
                AND l.src_path = 'Observation.subject' AND r.res_deleted_at IS NULL
            """;

    private static final String WITH_TOKEN = """
             AND EXISTS (SELECT FROM public.hfj_spidx_token t WHERE t.res_id = r.res_id
                AND t.hash_identity = ANY (:%1$sParameters::bigint[]) AND t.sp_value = ANY (:%1$sValues::text[]))
            """;

    private static final String NO_VITAL_SIGN = """
             AND NOT EXISTS (SELECT FROM sinusnode.vital_reading v WHERE v.observation::text = r.fhir_id
                AND v.patient = :id)
             AND NOT EXISTS (SELECT FROM sinusnode.vital_without_reading o WHERE o.observation::text = r.fhir_id
                AND o.patient = :id)
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final CurrentRecords records;
    private final TokenIndex tokens;

    StoredObservations(DataSource dataSource, TokenIndex tokens) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.records = new CurrentRecords(dataSource);
        this.tokens = tokens;
    }

    /**
     * What the index is asked for; the record that is found has to be looked at, since values are compared without their
     * system.
     *
     * @param codeParameters search parameters of which one has one of the codes
     * @param codes null for any
     * @param categories null for any
     */
    record Asked(
            Set<String> codeParameters,
            @Nullable Collection<String> codes,
            @Nullable Collection<String> categories,
            boolean vitalSigns) {}

    /** Hands over each that the caller may have. */
    void find(PermittedRecords.Of permitted, UUID patient, Asked asked, Consumer<Observation> found) {
        Map<String, Object> values = new HashMap<>();
        values.put("patient", patient.toString());
        values.put("id", patient);
        String sql = OF_PATIENT;
        if (asked.codes() != null) {
            sql += WITH_TOKEN.formatted("code");
            values.put("codeParameters", tokens.numbers(asked.codeParameters()));
            values.put("codeValues", asked.codes().toArray(String[]::new));
        }
        if (asked.categories() != null) {
            sql += WITH_TOKEN.formatted("category");
            values.put("categoryParameters", tokens.numbers(Set.of("category")));
            values.put("categoryValues", asked.categories().toArray(String[]::new));
        }
        if (!asked.vitalSigns()) {
            sql += NO_VITAL_SIGN;
        }
        List<String> ids = jdbc.queryForList(sql, values, String.class);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            records.named(ids.subList(from, Math.min(ids.size(), from + AT_ONCE))).stream()
                    .flatMap(record -> permitted.permitted(record).stream())
                    .filter(observation -> ("Patient/" + patient)
                            .equals(observation.getSubject().getReference()))
                    .forEach(found);
        }
    }
}
