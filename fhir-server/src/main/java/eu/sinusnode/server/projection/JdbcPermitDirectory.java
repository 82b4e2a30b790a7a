package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of directives and memberships, asked anew each time. An id that is not a UUID is in no row, so it is permitted
 * nothing and linked to nothing.
 */
public class JdbcPermitDirectory implements PermitDirectory {

    /** What is about the organization and purpose, or about anybody or any purpose; and about persons. */
    private static final String HOLDS = """
            (p.organization = :organization OR p.organization IS NULL) AND (p.purpose = :purpose OR p.purpose IS NULL)
                AND p.valid_from <= :at AND :at < p.valid_to
            """;

    private static final String PERMITS = """
            p.organization = :organization AND p.purpose = :purpose AND p.effect = 'p'
                AND p.valid_from <= :at AND :at < p.valid_to
            """;

    private static final String MEMBER = """
            EXISTS (SELECT FROM sinusnode.membership m WHERE m.party = :organization AND m.relationship =
                :relationship AND m.patient = p.patient AND m.valid_from <= :at AND :at < m.valid_to)
            """;

    private static final String DIRECTIVES_OF =
            "SELECT " + DirectiveRow.COLUMNS + " FROM sinusnode.directive_in_force p WHERE " + HOLDS
                    + " AND p.patient = ANY (:patients) ORDER BY p.patient, p.directive";

    private static final String RELATED_AMONG = """
            SELECT DISTINCT m.patient FROM sinusnode.membership m
            WHERE m.party = :party AND m.relationship = :relationship AND m.patient = ANY (:patients)
                AND m.valid_from <= :at AND :at < m.valid_to
            """;

    /**
     * A related patient without a directive has a row of its own, whose directive is null; who is related twice has each row
     * twice. Every search of a clinic or an insurer asks this, so that nothing is sorted and the parameters stand by place:
     * names would be looked for in the text each time.
     */
    static final String RELATED = """
            sinusnode.membership m
            LEFT JOIN sinusnode.directive_in_force p ON p.patient = m.patient
                AND (p.organization = m.party OR p.organization IS NULL) AND (p.purpose = ? OR p.purpose IS NULL)
                AND p.valid_from <= ? AND ? < p.valid_to
            """;

    /** Of the memberships of {@link #RELATED}. */
    static final String ARE_RELATED = """
            m.party = ? AND m.relationship = ? AND m.patient = ANY (?) AND m.valid_from <= ? AND ? < m.valid_to
            """;

    private static final String DIRECTIVES_OF_RELATED =
            "SELECT m.patient AS related, %s FROM %s WHERE %s".formatted(DirectiveRow.COLUMNS, RELATED, ARE_RELATED);

    private static final String PATIENTS = "SELECT DISTINCT p.patient FROM sinusnode.directive_in_force p WHERE "
            + PERMITS + " AND p.patient > :after AND %s ORDER BY p.patient LIMIT :limit";

    // In two halves, so that each has an index: few patients say something about anybody.
    private static final String PERMITTED_PATIENTS = """
            WITH found AS MATERIALIZED (%3$s)
            SELECT %1$s, p.directive FROM sinusnode.directive_in_force p
            WHERE p.organization = :organization AND p.purpose = :purpose AND p.patient IN (SELECT f.patient FROM found f)
                AND p.valid_from <= :at AND :at < p.valid_to
            UNION ALL
            SELECT %1$s, p.directive FROM sinusnode.directive_in_force p
            WHERE (p.organization IS NULL OR p.purpose IS NULL) AND p.patient IN (SELECT f.patient FROM found f) AND %2$s
            ORDER BY patient, directive
            """;

    /** Sorts before every id that is given out. */
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient lookups;
    private final JdbcClient searches;

    /** @param dataSource for everything */
    public JdbcPermitDirectory(DataSource dataSource) {
        this(dataSource, dataSource);
    }

    /**
     * @param lookups for what is asked of named patients
     * @param searches for what is asked of everybody
     */
    public JdbcPermitDirectory(DataSource lookups, DataSource searches) {
        this.lookups = JdbcClient.create(lookups);
        this.searches = JdbcClient.create(searches);
    }

    @Override
    public List<Directive> directivesOf(
            Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        UUID[] patients = uuids(patientIds);
        if (organization.isEmpty() || patients.length == 0) {
            return List.of();
        }
        return lookups.sql(DIRECTIVES_OF)
                .param("organization", organization.get())
                .param("purpose", purpose.name())
                .param("at", Validity.from(at))
                .param("patients", patients)
                .query((row, number) -> DirectiveRow.read(row))
                .list();
    }

    @Override
    public Set<String> relatedAmong(
            Collection<String> patientIds, String partyId, Relationship relationship, Instant at) {
        Optional<UUID> party = ResourceIds.parse(partyId);
        UUID[] patients = uuids(patientIds);
        if (party.isEmpty() || patients.length == 0) {
            return Set.of();
        }
        return switch (relationship) {
            case NONE_NEEDED -> Set.copyOf(patientIds);
            // The data subject is named by the token, and an organization is nobody's self.
            case SELF, NO_RECORDS -> Set.of();
            case REPRESENTATIVE, CARE_TEAM, DEVICE, COVERAGE ->
                new HashSet<>(lookups.sql(RELATED_AMONG)
                        .param("party", party.get())
                        .param("relationship", relationship.name())
                        .param("at", Validity.from(at))
                        .param("patients", patients)
                        .query(String.class)
                        .list());
        };
    }

    @Override
    public Map<String, List<Directive>> directivesOfRelated(
            Collection<String> patientIds,
            String organizationId,
            Relationship relationship,
            Purpose purpose,
            Instant at) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        UUID[] patients = uuids(patientIds);
        if (organization.isEmpty() || patients.length == 0) {
            return Map.of();
        }
        RelatedRows related = new RelatedRows();
        lookups.sql(DIRECTIVES_OF_RELATED)
                .params(related(organization.get(), relationship, patients, purpose, at))
                .query(related);
        return related.byPatient();
    }

    /** The parameters of {@link #RELATED}, and then of {@link #ARE_RELATED}. */
    static List<Object> related(
            UUID organization, Relationship relationship, UUID[] patients, Purpose purpose, Instant at) {
        Object now = Validity.from(at);
        return List.of(purpose.name(), now, now, organization, relationship.name(), patients, now, now);
    }

    @Override
    public List<Directive> permittedPatients(
            String organizationId,
            Purpose purpose,
            Relationship relationship,
            @Nullable String afterPatientId,
            int maxPatients,
            Instant at) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        Optional<UUID> after = afterPatientId == null ? Optional.of(FIRST) : ResourceIds.parse(afterPatientId);
        Optional<String> linked = linked(relationship);
        if (organization.isEmpty() || after.isEmpty() || linked.isEmpty()) {
            return List.of();
        }
        return searches.sql(PERMITTED_PATIENTS.formatted(DirectiveRow.COLUMNS, HOLDS, PATIENTS.formatted(linked.get())))
                .param("organization", organization.get())
                .param("purpose", purpose.name())
                .param("relationship", relationship.name())
                .param("at", Validity.from(at))
                .param("after", after.get())
                .param("limit", maxPatients)
                .query((row, number) -> DirectiveRow.read(row))
                .list();
    }

    @Override
    public Set<String> restrictedAmong(Collection<String> patientIds) {
        UUID[] patients = uuids(patientIds);
        return patients.length == 0
                ? Set.of()
                : new HashSet<>(
                        lookups.sql("SELECT patient::text FROM sinusnode.restriction WHERE patient = ANY (:patients)")
                                .param("patients", patients)
                                .query(String.class)
                                .list());
    }

    /** The condition that links a permit's patient to the organization, or empty when no patient is. */
    private static Optional<String> linked(Relationship relationship) {
        return switch (relationship) {
            case NONE_NEEDED -> Optional.of("TRUE");
            case SELF, NO_RECORDS -> Optional.empty();
            case CARE_TEAM, COVERAGE -> Optional.of(MEMBER);
            // Neither acts by permits: a representative names the patient, a gateway reads no patient's records.
            case REPRESENTATIVE, DEVICE -> Optional.empty();
        };
    }

    static UUID[] uuids(Collection<String> ids) {
        return ids.stream()
                .map(ResourceIds::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toArray(UUID[]::new);
    }
}
