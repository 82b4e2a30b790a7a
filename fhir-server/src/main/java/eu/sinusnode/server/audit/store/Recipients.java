package eu.sinusnode.server.audit.store;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.server.audit.crypto.PatientKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * To which Organizations something of a patient was disclosed, as the audit knows it until its retention is over: they are
 * told of what is corrected, erased or restricted (Art. 19 GDPR). The person itself, who represents it, the analysis and
 * who runs the server are none.
 */
public final class Recipients {

    private static final Set<String> KINDS = Stream.of(
                    CallerKind.CLINICIAN,
                    CallerKind.CLINIC_SYSTEM,
                    CallerKind.INSURER,
                    CallerKind.RESEARCHER,
                    CallerKind.DEVICE_GATEWAY)
            .map(CallerKind::claim)
            .collect(Collectors.toUnmodifiableSet());

    private static final String GIVEN = """
            SELECT recorded, id, sealed, 'concerned' AS part FROM sinusnode.audit_event
            WHERE subject = ? AND sealed IS NOT NULL AND agent_subject IS NULL AND outcome = '0' AND action IN ('R', 'E')
            UNION ALL
            SELECT l.recorded, e.id, l.sealed, 'ledger' FROM sinusnode.audit_ledger l
            JOIN sinusnode.audit_event e ON e.day = l.day AND e.position = l.position
            WHERE l.subject = ? AND e.agent_subject IS NULL AND e.outcome = '0' AND e.action IN ('R', 'E')
            """;

    /** A row is some hundred bytes, and there is no bound on how many there are. */
    private static final int ROWS_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final SubjectTable subjects;

    /** @param dataSource on which a transaction is running, so that rows come a few at a time */
    public Recipients(DataSource dataSource, SubjectTable subjects) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(ROWS_AT_ONCE);
        this.subjects = subjects;
    }

    /** By the Organization's id, when something was last given to it. */
    public SortedMap<String, Instant> of(String patientId) {
        String reference = "Patient/" + patientId;
        Optional<UUID> subject = subjects.find(reference);
        Optional<PatientKey> key = subjects.keyOf(reference);
        SortedMap<String, Instant> recipients = new TreeMap<>();
        if (subject.isPresent() && key.isPresent()) {
            jdbc.query(
                    GIVEN,
                    row -> {
                        StoryTable.Story story = StoryTable.story(row, key.get());
                        organization(story.entry())
                                .ifPresent(id -> recipients.merge(id, story.recorded(), Recipients::later));
                    },
                    subject.get(),
                    subject.get());
        }
        return recipients;
    }

    private static Optional<String> organization(Optional<AuditEntry> entry) {
        return entry.flatMap(each -> Optional.ofNullable(each.caller()))
                .filter(caller -> KINDS.contains(String.valueOf(caller.kind())))
                .flatMap(caller -> Optional.ofNullable(caller.organizationId()));
    }

    /** The later of two moments. */
    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
