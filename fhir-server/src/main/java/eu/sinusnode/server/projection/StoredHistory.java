package eu.sinusnode.server.projection;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.TeamActors;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was before, made of the versions that the storage keeps. What Consents say now, the table of directives says.
 */
public class StoredHistory {

    private static final String VERSIONS = """
            SELECT c.fhir_id, v.res_ver, v.res_updated
            FROM public.hfj_resource p
            JOIN public.hfj_res_link l ON l.target_resource_id = p.res_id
            JOIN public.hfj_resource c ON c.res_id = l.src_resource_id AND c.res_type = 'Consent'
            JOIN public.hfj_res_ver v ON v.res_id = c.res_id
            WHERE p.res_type = 'Patient' AND p.fhir_id = :patient AND (v.res_updated > :since OR v.res_ver = (
                SELECT max(e.res_ver) FROM public.hfj_res_ver e WHERE e.res_id = c.res_id AND e.res_updated <= :since))
            ORDER BY v.res_updated, v.res_ver
            """;

    /** Some Consent was written since, or some rule's time was over since. */
    private static final String CHANGED = """
            WITH linked AS MATERIALIZED (
                SELECT DISTINCT m.patient::text AS patient FROM sinusnode.membership m
                WHERE m.party = :organization AND m.relationship = :relationship
                    AND m.valid_from <= :now AND :now < m.valid_to
                UNION
                SELECT p.fhir_id FROM public.hfj_resource p WHERE :everybody AND p.res_type = 'Patient'
            )
            SELECT p.fhir_id FROM public.hfj_resource c
            JOIN public.hfj_res_link l ON l.src_resource_id = c.res_id
            JOIN public.hfj_resource p ON p.res_id = l.target_resource_id AND p.res_type = 'Patient'
            WHERE c.res_type = 'Consent' AND c.res_updated > :since AND p.fhir_id IN (SELECT patient FROM linked)
            UNION
            SELECT d.patient::text FROM sinusnode.directive d
            WHERE d.valid_to > :since AND d.valid_to <= :now AND d.patient::text IN (SELECT patient FROM linked)
            """;

    private static final String CREATED =
            "SELECT res_published FROM public.hfj_resource WHERE res_type = :type AND fhir_id = :id";

    private final JdbcClient jdbc;
    private final DaoRegistry daos;
    private final IHapiTransactionService transactions;
    private final ConsentCompiler compiler;
    private final CareTeamMembers teams;

    public StoredHistory(
            DataSource dataSource, DaoRegistry daos, IHapiTransactionService transactions, ConsentCompiler compiler) {
        this.jdbc = JdbcClient.create(dataSource);
        this.daos = daos;
        this.transactions = transactions;
        this.compiler = compiler;
        this.teams = new CareTeamMembers(dataSource);
    }

    private record Version(IdType consent, Instant stored) {}

    /**
     * What the patient's Consents have said since then, about whomever. A Consent that could not be enforced today counts
     * as one that permitted nothing.
     */
    public RulesOverTime rules(String patientId, Instant since) {
        List<Version> versions = jdbc.sql(VERSIONS)
                .param("patient", patientId)
                .param("since", Timestamp.from(since))
                .query((row, number) -> new Version(
                        new IdType("Consent", row.getString(1), row.getString(2)),
                        Objects.requireNonNull(row.getTimestamp(3)).toInstant()))
                .list();
        TreeMap<Instant, List<Directive>> from = new TreeMap<>();
        Map<String, List<Directive>> byConsent = new HashMap<>();
        for (Version version : versions) {
            byConsent.put(version.consent().getIdPart(), directives(version.consent(), patientId));
            from.put(
                    version.stored().isBefore(since) ? since : version.stored(),
                    byConsent.values().stream().flatMap(List::stream).toList());
        }
        return new RulesOverTime(from);
    }

    private List<Directive> directives(IdType version, String patientId) {
        Consent consent = transactions.withSystemRequest().execute(() ->
                (Consent) daos.getResourceDao("Consent").read(version, new SystemRequestDetails()));
        return compiler.compile(consent, version.getVersionIdPartAsLong()) instanceof Compilation.Compiled compiled
                ? TeamActors.resolved(
                        compiled.directives().stream()
                                .filter(directive -> directive.patientId().equals(patientId))
                                .toList(),
                        team -> teams.of(patientId, team))
                : List.of();
    }

    /**
     * Patients who are linked to the organization at {@code now}, where a link is needed, and whose rules may not be those
     * of {@code since}.
     */
    public SortedSet<String> changed(String organizationId, Relationship relationship, Instant since, Instant now) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        if (organization.isEmpty()) {
            return new TreeSet<>();
        }
        return new TreeSet<>(jdbc.sql(CHANGED)
                .param("organization", organization.get())
                .param("relationship", relationship.name())
                .param("everybody", relationship == Relationship.NONE_NEEDED)
                .param("since", Timestamp.from(since))
                .param("now", Timestamp.from(now))
                .query(String.class)
                .list());
    }

    /** When the record came into being, deleted since or not; empty when there never was one. */
    public Optional<Instant> created(IdType record) {
        return jdbc.sql(CREATED)
                .param("type", record.getResourceType())
                .param("id", record.getIdPart())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }
}
