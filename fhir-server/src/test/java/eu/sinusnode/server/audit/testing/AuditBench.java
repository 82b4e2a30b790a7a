package eu.sinusnode.server.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.server.audit.chain.ChainAnchor;
import eu.sinusnode.server.audit.chain.ChainVerifier;
import eu.sinusnode.server.audit.chain.Verification;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.crypto.PurposeAuditKeys;
import eu.sinusnode.server.audit.journal.AuditEntryCodec;
import eu.sinusnode.server.audit.journal.Journal;
import eu.sinusnode.server.audit.store.AuditErasure;
import eu.sinusnode.server.audit.store.AuditStore;
import eu.sinusnode.server.audit.store.EntryRenderer;
import eu.sinusnode.server.audit.store.ErasedPersons;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.JournalDrainer;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.OwnTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole audit, without a server around it. */
public final class AuditBench implements AutoCloseable {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final AuditEvents EVENTS = new AuditEvents("http://127.0.0.1/fhir");

    private final Path home;
    private final OwnTables tables;
    private final AuditKeys keys;
    private final SettableClock clock = new SettableClock();
    private final ChainAnchor anchor;
    private final AuditStore store;
    private final SubjectTable subjects;
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private Journal journal;
    private JournalDrainer drainer;

    private AuditBench(Path home) {
        this.home = home;
        this.tables = OwnTables.migrated();
        this.keys = new PurposeAuditKeys(PurposeKeys.open(home, Clock.systemUTC()));
        this.journal = Journal.open(home.resolve("audit/journal"), keys);
        this.anchor = new ChainAnchor(home.resolve("audit"));
        this.store = new AuditStore(tables.dataSource(), this::stored, ErasedPersons.NONE, keys, anchor, clock);
        this.subjects = new SubjectTable(tables.dataSource(), keys);
        this.drainer = drain();
    }

    public static AuditBench open(Path home) {
        return new AuditBench(home);
    }

    /** Through the journal, and into the store. */
    public void record(AuditEntry entry) {
        journalOnly(entry);
        assertThat(drainer.await(Duration.ofSeconds(20))).isTrue();
    }

    public void journalOnly(AuditEntry entry) {
        journal.append(AuditEntryCodec.write(entry));
    }

    public List<AuditEvent> rendered(AuditEntry entry) {
        return EVENTS.render(entry);
    }

    public AuditEvent find(UUID id) {
        return jdbc().queryForObject(
                        "SELECT " + EventOpener.COLUMNS + " FROM " + EventOpener.FROM + " WHERE e.id = ?",
                        (row, number) -> new EventOpener(FHIR, subjects).event(row),
                        id);
    }

    public void stopDraining() throws Exception {
        drainer.close();
    }

    /** As another process would begin. */
    public void restart() throws Exception {
        drainer.close();
        journal.close();
        journal = Journal.open(home.resolve("audit/journal"), keys);
        drainer = drain();
        drainer.await(Duration.ofSeconds(20));
    }

    private JournalDrainer drain() {
        return new JournalDrainer(
                        journal,
                        Journal.open(home.resolve("audit/refused"), keys),
                        new EntryRenderer(EVENTS),
                        store,
                        clock)
                .start();
    }

    public Verification verify() {
        return verify(null, null);
    }

    public Verification verify(
            @org.jspecify.annotations.Nullable LocalDate from, @org.jspecify.annotations.Nullable LocalDate to) {
        try {
            return new ChainVerifier(tables.dataSource(), keys, anchor).verify(from, to, (events, all) -> {});
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The verifier could not look.", e);
        }
    }

    public void assertVerified() {
        assertThat(verify().first()).isEmpty();
    }

    /** Every text in the audit's tables. */
    public String dump() {
        StringBuilder all = new StringBuilder();
        for (String table : List.of("audit_event", "audit_ledger", "audit_subject", "audit_day")) {
            jdbc().queryForList("SELECT row_to_json(t)::text FROM sinusnode." + table + " t", String.class)
                    .forEach(row -> all.append(row).append('\n'));
        }
        return all.toString();
    }

    /** The current month as partitions are named, for example {@code 2026_11}. */
    public String month() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }

    public SettableClock clock() {
        return clock;
    }

    public Path home() {
        return home;
    }

    public AuditKeys keys() {
        return keys;
    }

    public ChainAnchor anchor() {
        return anchor;
    }

    public AuditStore store() {
        return store;
    }

    public SubjectTable subjects() {
        return subjects;
    }

    public DataSource dataSource() {
        return tables.dataSource();
    }

    public AuditErasure erasure() {
        return new AuditErasure(tables.dataSource(), subjects, new EventOpener(FHIR, subjects));
    }

    /** Says that there is a record of the person. */
    public void keepsRecordOf(String reference) {
        stored.add(reference);
    }

    private Set<String> stored(Collection<String> references) {
        return references.stream().filter(stored::contains).collect(Collectors.toSet());
    }

    public Journal journal() {
        return journal;
    }

    public JournalDrainer drainer() {
        return drainer;
    }

    public JdbcTemplate jdbc() {
        return tables.jdbc();
    }

    @Override
    public void close() throws Exception {
        drainer.close();
        journal.close();
    }
}
