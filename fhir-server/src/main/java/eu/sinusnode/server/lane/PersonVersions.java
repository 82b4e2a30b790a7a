package eu.sinusnode.server.lane;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What rules ask of a version of a Patient, when the person's Consents open all of the Patient now. */
public class PersonVersions {

    private static final String VERSION = """
            SELECT (i.said || jsonb_build_object('id', r.fhir_id, 'meta',
                jsonb_build_object('versionId', v.res_ver::text)))::text
            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id
            CROSS JOIN LATERAL sinusnode.risk_input_of('Patient', v.res_text_vc::jsonb) AS i
            WHERE r.res_type = 'Patient' AND r.fhir_id = ? AND r.res_deleted_at IS NULL AND v.res_ver = ?
                AND v.res_encoding = 'JSON'
            """;

    private final JdbcClient jdbc;
    private final PermitDirectory permits;

    public PersonVersions(DataSource dataSource, PermitDirectory permits) {
        this.jdbc = JdbcClient.create(dataSource);
        this.permits = permits;
    }

    /** @return JSON; empty when there is no such version, or it may not be read */
    Optional<String> find(UUID patient, long version, Caller caller, String organization, Instant at) {
        Set<String> related = permits.relatedAmong(
                Set.of(patient.toString()), organization, caller.kind().relationship(), at);
        List<Directive> directives = permits.directivesOf(related, organization, caller.purpose(), at);
        ConsentRequest request = new ConsentRequest(Set.of("Organization/" + organization), caller.purpose());
        return ConsentRules.permitAll(directives, request, "Patient", at)
                ? jdbc.sql(VERSION)
                        .params(patient.toString(), version)
                        .query(String.class)
                        .optional()
                : Optional.empty();
    }
}
