package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.crypto.AuditKey;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.crypto.PatientKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code sinusnode.audit_subject}: the only link between a person and that person's events. */
public final class SubjectTable {

    private final JdbcTemplate jdbc;
    private final AuditKeys keys;

    public SubjectTable(DataSource dataSource, AuditKeys keys) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.keys = keys;
    }

    /**
     * The persons' rows, made where they are missing. Within a transaction an erasure waits until it ends, so that no event
     * is sealed with a key that is gone.
     *
     * @param references {@code Patient/…}, {@code RelatedPerson/…}, or {@code sub/…} of a person whom the login server knows
     */
    Map<String, Subject> obtain(Collection<String> references) {
        SortedSet<String> sorted = new TreeSet<>(references);
        if (sorted.isEmpty()) {
            return Map.of();
        }
        Map<String, Subject> found = locked(sorted);
        for (String missing : sorted) {
            if (!found.containsKey(missing)) {
                insert(missing);
            }
        }
        return found.size() == sorted.size() ? found : locked(sorted);
    }

    /** Those of the references that have a row. */
    Set<String> known(Collection<String> references) {
        return references.isEmpty()
                ? new TreeSet<>()
                : new TreeSet<>(jdbc.query(
                        connection -> {
                            var select = connection.prepareStatement(
                                    "SELECT reference FROM sinusnode.audit_subject WHERE reference = ANY(?)");
                            select.setArray(1, connection.createArrayOf("text", references.toArray()));
                            return select;
                        },
                        (row, number) -> row.getString(1)));
    }

    /** The random id of a person; empty when no event ever concerned the person, or after the erasure. */
    public Optional<UUID> find(String reference) {
        return jdbc
                .query(
                        "SELECT subject FROM sinusnode.audit_subject WHERE reference = ?",
                        (row, number) -> row.getObject(1, UUID.class),
                        reference)
                .stream()
                .findFirst();
    }

    /** The key of a person; empty when there are no events or after the erasure. */
    public Optional<PatientKey> keyOf(String reference) {
        return jdbc
                .query(
                        "SELECT subject, kid, key FROM sinusnode.audit_subject WHERE reference = ?",
                        (row, number) -> key(row, "subject", "kid", "key"),
                        reference)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The key in a row that joined this table; empty after the erasure, or when the audit key that wraps it is gone. */
    Optional<PatientKey> key(ResultSet row, String subject, String kid, String key) throws SQLException {
        String wrappedBy = row.getString(kid);
        if (wrappedBy == null) {
            return Optional.empty();
        }
        UUID id = row.getObject(subject, UUID.class);
        byte[] wrapped = row.getBytes(key);
        return keys.find(wrappedBy).map(master -> PatientKey.unwrap(master, id.toString(), wrapped));
    }

    /** @return how many rows were deleted */
    int delete(Collection<String> references) {
        return jdbc.update(connection -> {
            var delete = connection.prepareStatement("DELETE FROM sinusnode.audit_subject WHERE reference = ANY(?)");
            delete.setArray(1, connection.createArrayOf("text", references.toArray()));
            return delete;
        });
    }

    private void insert(String reference) {
        UUID id = UUID.randomUUID();
        AuditKey master = keys.current();
        jdbc.update(
                "INSERT INTO sinusnode.audit_subject (subject, reference, kid, key) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT (reference) DO NOTHING",
                id,
                reference,
                master.kid(),
                PatientKey.random().wrap(master, id.toString()));
    }

    private Map<String, Subject> locked(SortedSet<String> references) {
        Map<String, Subject> found = new HashMap<>();
        jdbc.query(
                connection -> {
                    var select = connection.prepareStatement("SELECT reference, subject, kid, key FROM "
                            + "sinusnode.audit_subject WHERE reference = ANY(?) ORDER BY reference FOR SHARE");
                    select.setArray(1, connection.createArrayOf("text", references.toArray()));
                    return select;
                },
                row -> {
                    found.put(row.getString("reference"), subject(row));
                });
        return found;
    }

    private Subject subject(ResultSet row) throws SQLException {
        @Nullable UUID id = row.getObject("subject", UUID.class);
        PatientKey key = key(row, "subject", "kid", "key")
                .orElseThrow(
                        () -> new IllegalStateException(
                                "The audit key that wraps a patient's key is gone; put it back among the keys of purpose audit."));
        return new Subject(id, key);
    }
}
