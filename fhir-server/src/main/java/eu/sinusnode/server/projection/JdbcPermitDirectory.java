package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Permit;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The permit and membership tables, asked anew each time. An id that is not a UUID is in no row, so it is permitted
 * nothing and linked to nothing.
 */
public class JdbcPermitDirectory implements PermitDirectory {

    private static final String COLUMNS = """
            SELECT p.patient, p.consent, p.consent_version, p.provision, p.organization, p.purpose, p.resource_type,
                p.code_system, p.code, p.valid_from, p.valid_to
            FROM sinusnode.permit p
            """;

    private static final String HOLDS =
            "p.organization = :organization AND p.purpose = :purpose AND p.valid_from <= :at AND :at < p.valid_to";

    private static final String MEMBER = """
            EXISTS (SELECT FROM sinusnode.membership m WHERE m.party = :organization AND m.relationship =
                :relationship AND m.patient = p.patient AND m.valid_from <= :at AND :at < m.valid_to)
            """;

    private static final String PERMITS_OF =
            COLUMNS + "WHERE " + HOLDS + " AND p.patient = ANY (:patients) ORDER BY p.patient, p.permit";

    private static final String RELATED_AMONG = """
            SELECT DISTINCT m.patient FROM sinusnode.membership m
            WHERE m.party = :party AND m.relationship = :relationship AND m.patient = ANY (:patients)
                AND m.valid_from <= :at AND :at < m.valid_to
            """;

    /** A related patient without a permit has a row of its own, whose permit is null. */
    private static final String PERMITS_OF_RELATED = """
            SELECT r.patient AS related, p.patient, p.consent, p.consent_version, p.provision, p.organization, p.purpose,
                p.resource_type, p.code_system, p.code, p.valid_from, p.valid_to
            FROM (%s) r LEFT JOIN sinusnode.permit p ON p.patient = r.patient AND %s
            ORDER BY r.patient, p.permit
            """.formatted(RELATED_AMONG, HOLDS);

    private static final String PATIENTS = "SELECT DISTINCT p.patient FROM sinusnode.permit p WHERE " + HOLDS
            + " AND p.patient > :after AND %s ORDER BY p.patient LIMIT :limit";

    private static final String PERMITTED_PATIENTS =
            COLUMNS + "WHERE " + HOLDS + " AND p.patient IN (" + PATIENTS + ") ORDER BY p.patient, p.permit";

    /** Sorts before every id that is given out. */
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    public JdbcPermitDirectory(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public List<Permit> permitsOf(Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
        Optional<UUID> organization = ResourceIds.parse(organizationId);
        UUID[] patients = uuids(patientIds);
        if (organization.isEmpty() || patients.length == 0) {
            return List.of();
        }
        return jdbc.sql(PERMITS_OF)
                .param("organization", organization.get())
                .param("purpose", purpose.name())
                .param("at", Validity.from(at))
                .param("patients", patients)
                .query((row, number) -> permit(row))
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
                new HashSet<>(jdbc.sql(RELATED_AMONG)
                        .param("party", party.get())
                        .param("relationship", relationship.name())
                        .param("at", Validity.from(at))
                        .param("patients", patients)
                        .query(String.class)
                        .list());
        };
    }

    @Override
    public Map<String, List<Permit>> permitsOfRelated(
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
        Map<String, List<Permit>> byPatient = new HashMap<>();
        jdbc.sql(PERMITS_OF_RELATED)
                .param("party", organization.get())
                .param("organization", organization.get())
                .param("relationship", relationship.name())
                .param("purpose", purpose.name())
                .param("at", Validity.from(at))
                .param("patients", patients)
                .query(row -> {
                    List<Permit> permits =
                            byPatient.computeIfAbsent(text(row, "related"), patient -> new ArrayList<>());
                    if (row.getString("patient") != null) {
                        permits.add(permit(row));
                    }
                });
        return byPatient;
    }

    @Override
    public List<Permit> permittedPatients(
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
        return jdbc.sql(PERMITTED_PATIENTS.formatted(linked.get()))
                .param("organization", organization.get())
                .param("purpose", purpose.name())
                .param("relationship", relationship.name())
                .param("at", Validity.from(at))
                .param("after", after.get())
                .param("limit", maxPatients)
                .query((row, number) -> permit(row))
                .list();
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

    private static UUID[] uuids(Collection<String> ids) {
        return ids.stream()
                .map(ResourceIds::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toArray(UUID[]::new);
    }

    static Permit permit(ResultSet row) throws SQLException {
        return new Permit(
                text(row, "patient"),
                text(row, "consent"),
                row.getLong("consent_version"),
                text(row, "provision"),
                text(row, "organization"),
                Purpose.valueOf(text(row, "purpose")),
                row.getString("resource_type"),
                row.getString("code_system"),
                row.getString("code"),
                Validity.readFrom(instant(row, "valid_from")),
                Validity.readTo(instant(row, "valid_to")));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static OffsetDateTime instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column);
    }
}
