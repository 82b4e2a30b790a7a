package eu.sinusnode.server.audit.store;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.server.audit.crypto.PatientKey;
import eu.sinusnode.server.audit.journal.AuditEntryCodec;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was recorded of one patient, each entry with that patient's part alone: events and lines of bulk answers. */
public final class StoryTable {

    /** Newest first; the page ends between two milliseconds. */
    private static final String SELECT = """
            SELECT recorded, id, sealed, part FROM (
                SELECT recorded, id, sealed, 'concerned' AS part FROM sinusnode.audit_event
                WHERE subject = ? AND sealed IS NOT NULL
                UNION ALL
                SELECT l.recorded, e.id, l.sealed, 'ledger' FROM sinusnode.audit_ledger l
                JOIN sinusnode.audit_event e ON e.day = l.day AND e.position = l.position
                WHERE l.subject = ?) AS told
            WHERE recorded >= ? AND recorded <= ?
            ORDER BY recorded DESC FETCH FIRST ? ROWS WITH TIES
            """;

    private final JdbcTemplate jdbc;
    private final SubjectTable subjects;

    public StoryTable(DataSource dataSource, SubjectTable subjects) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.subjects = subjects;
    }

    /**
     * @param eventId of the AuditEvent
     * @param entry empty when the event tells of the patient but was not recorded as an entry
     */
    public record Story(UUID eventId, Instant recorded, Optional<AuditEntry> entry) {}

    /** @param count how many at most; those of the last one's millisecond come along */
    public List<Story> of(String patientId, @Nullable Instant from, @Nullable Instant to, int count) {
        String reference = "Patient/" + patientId;
        Optional<UUID> subject = subjects.find(reference);
        Optional<PatientKey> key = subjects.keyOf(reference);
        if (subject.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                SELECT,
                (row, number) -> story(row, key.get()),
                subject.get(),
                subject.get(),
                Objects.requireNonNullElse(from, Instant.EPOCH).atOffset(ZoneOffset.UTC),
                Objects.requireNonNullElse(to, Instant.parse("9999-12-31T00:00:00Z"))
                        .atOffset(ZoneOffset.UTC),
                count);
    }

    /** @param row with when it was recorded, the event's id, what is sealed, and which part of the event that is */
    static Story story(ResultSet row, PatientKey key) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Instant recorded = row.getTimestamp("recorded").toInstant();
        try {
            byte[] text = key.open(EventSealer.place(id, row.getString("part")), row.getBytes("sealed"));
            byte[] entry = EventSealer.LEDGER.equals(row.getString("part")) ? text : SealedParts.story(text);
            return new Story(id, recorded, entry == null ? Optional.empty() : Optional.of(AuditEntryCodec.read(entry)));
        } catch (IOException e) {
            throw new SQLException("What was recorded of a patient is no JSON.", e);
        }
    }
}
