package eu.sinusnode.server.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.audit.chain.Verification.Finding;
import eu.sinusnode.server.audit.testing.AuditBench;
import eu.sinusnode.server.audit.testing.Entries;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.projection.OwnTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Three days of six events each; the attacker is the database's superuser and switches every trigger off. */
class ChainVerifierIT {

    private static final int EVENTS = 6;

    @TempDir
    Path home;

    private AuditBench audit;
    private LocalDate first;
    private LocalDate second;
    private LocalDate third;

    @BeforeEach
    void threeDays() {
        audit = AuditBench.open(home);
        first = day();
        addEvents();
        audit.clock().move(Duration.ofDays(1));
        second = day();
        addEvents();
        audit.clock().move(Duration.ofDays(1));
        third = day();
        addEvents();
        assertThat(audit.verify()).isEqualTo(new Verification(3, 3 * EVENTS, java.util.Optional.empty()));
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
    }

    @Test
    void aChangedEventIsFound() {
        attack("UPDATE sinusnode.audit_event SET outcome = '8', client = 'nobody' WHERE day = $2 AND position = 3");

        assertFound(second, 3L, "was changed");
    }

    @Test
    void aChangedTextOfAnEventIsFound() {
        attack("UPDATE sinusnode.audit_event SET resource = replace(resource, 'read', 'vread') "
                + "WHERE day = $3 AND position = 6");

        assertFound(third, 6L, "was changed");
    }

    @Test
    void anotherPersonPutInTheEventsPlaceIsFound() {
        attack("UPDATE sinusnode.audit_event SET subject = gen_random_uuid() WHERE day = $1 AND position = 1");

        assertFound(first, 1L, "was changed");
    }

    @Test
    void aRemovedEventIsFound() {
        attack("DELETE FROM sinusnode.audit_event WHERE day = $2 AND position = 4");

        assertFound(second, 4L, "was removed");
    }

    @Test
    void theLastEventsOfADayRemovedAreFound() {
        attack("DELETE FROM sinusnode.audit_event WHERE day = $1 AND position > 4");

        assertFound(first, 5L, "was removed");
    }

    @Test
    void anInsertedEventIsFound() {
        attack("INSERT INTO sinusnode.audit_event SELECT (jsonb_populate_record(e, "
                + "jsonb_build_object('position', 7, 'id', gen_random_uuid()))).* "
                + "FROM sinusnode.audit_event e WHERE day = $2 AND position = 6");

        assertFound(second, 7L, "was inserted");
    }

    @Test
    void anEventInsertedInTheMiddleIsFound() {
        attack(
                "UPDATE sinusnode.audit_event SET position = position + 1000 WHERE day = $2 AND position >= 3",
                "UPDATE sinusnode.audit_event SET position = position - 999 WHERE day = $2 AND position >= 1000",
                "INSERT INTO sinusnode.audit_event SELECT (jsonb_populate_record(e, "
                        + "jsonb_build_object('position', 3, 'id', gen_random_uuid()))).* "
                        + "FROM sinusnode.audit_event e WHERE day = $2 AND position = 2",
                "UPDATE sinusnode.audit_day SET events = 7 WHERE day = $2");

        assertFound(second, 3L, "was changed, or stood in another place");
    }

    @Test
    void reorderedEventsAreFound() {
        attack(
                "UPDATE sinusnode.audit_event SET position = 1000 WHERE day = $2 AND position = 2",
                "UPDATE sinusnode.audit_event SET position = 2 WHERE day = $2 AND position = 5",
                "UPDATE sinusnode.audit_event SET position = 5 WHERE day = $2 AND position = 1000");

        assertFound(second, 2L, "stood in another place");
    }

    /** The attacker knows how the chain is made and makes it anew behind the change. */
    @Test
    void aChainMadeAnewBehindAChangeLacksTheSeal() throws Exception {
        attack("UPDATE sinusnode.audit_event SET outcome = '8' WHERE day = $3 AND position = 5");
        rehash(third);

        assertFound(third, null, "seal does not hold");
    }

    @Test
    void aChainMadeAnewOnAnEarlierDayDoesNotMeetTheNextOne() throws Exception {
        attack("UPDATE sinusnode.audit_event SET outcome = '8' WHERE day = $1 AND position = 5");
        rehash(first);

        assertFound(first, null, "seal does not hold");
    }

    @Test
    void aRemovedDayIsFound() {
        attack("DELETE FROM sinusnode.audit_event WHERE day = $2", "DELETE FROM sinusnode.audit_day WHERE day = $2");

        assertFound(third, null, "was removed");
    }

    @Test
    void theFirstDayRemovedIsFound() {
        attack("DELETE FROM sinusnode.audit_event WHERE day = $1", "DELETE FROM sinusnode.audit_day WHERE day = $1");

        assertFound(second, null, "was removed");
    }

    @Test
    void theLastDayRemovedIsFoundByTheAnchor() {
        attack(
                "DELETE FROM sinusnode.audit_event WHERE day = $3",
                "DELETE FROM sinusnode.audit_day WHERE day = $3",
                "UPDATE sinusnode.audit_day SET closed = closed");

        assertFound(third, null, "cut off");
    }

    @Test
    void everythingRemovedIsFoundByTheAnchor() {
        attack("TRUNCATE sinusnode.audit_event", "DELETE FROM sinusnode.audit_day");

        assertFound(third, null, "cut off");
    }

    @Test
    void aDayRolledBackToAnEarlierStateIsFoundByTheAnchorAlsoAfterTheServerWentOn() throws Exception {
        List<String> saved = audit.jdbc()
                .queryForList(
                        "SELECT quote_literal(encode(head, 'hex')) || ',' || events || ',' "
                                + "|| quote_literal(encode(seal, 'hex')) FROM sinusnode.audit_day WHERE day = ?",
                        String.class,
                        third);
        addEvents();
        String[] before = saved.get(0).split(",");
        attack(
                "DELETE FROM sinusnode.audit_event WHERE day = $3 AND position > " + before[1],
                "UPDATE sinusnode.audit_day SET head = decode(" + before[0] + ", 'hex'), events = " + before[1]
                        + ", seal = decode(" + before[2] + ", 'hex') WHERE day = $3");
        assertFound(third, null, "cut off");

        addEvents();

        assertFound(null, null, "does not go through");
    }

    @Test
    void eventsOfADayThatNeverWasAreFound() {
        attack(
                "SELECT sinusnode.create_audit_partition('2020-01-01')",
                "INSERT INTO sinusnode.audit_event SELECT (jsonb_populate_record(e, "
                        + "jsonb_build_object('day', '2020-01-01', 'id', gen_random_uuid()))).* "
                        + "FROM sinusnode.audit_event e WHERE day = $2 AND position = 6");

        assertFound(LocalDate.of(2020, 1, 1), null, "does not know");
    }

    @Test
    void aChangedLedgerIsFound() {
        audit.record(Entries.bulk(OwnTables.newId(), OwnTables.newId()).build());
        audit.assertVerified();

        attack(
                "DELETE FROM sinusnode.audit_ledger WHERE subject = (SELECT min(subject::text)::uuid FROM sinusnode.audit_ledger)");

        assertFound(third, EVENTS + 1L, "ledger");
    }

    @Test
    void aMissingAnchorIsFound() throws Exception {
        Files.delete(home.resolve("audit/anchor.json"));

        assertFound(null, null, "anchor");
    }

    @Test
    void theDaysAskedForAreCheckedAlone() {
        attack("UPDATE sinusnode.audit_event SET outcome = '8' WHERE day = $1 AND position = 3");

        assertThat(audit.verify(second, third).holds()).isTrue();
        assertThat(audit.verify(null, first).holds()).isFalse();
    }

    private void rehash(LocalDate day) throws Exception {
        ChainTable table = new ChainTable(superuser());
        ChainDay row = table.find(day).orElseThrow();
        byte[] head = row.genesis();
        try (Connection connection = superuser().getConnection();
                Statement statement = connection.createStatement();
                Statement update = connection.createStatement()) {
            update.execute("SET session_replication_role = replica");
            var rows = statement.executeQuery("SELECT " + StoredRow.COLUMNS
                    + " FROM sinusnode.audit_event WHERE day = '" + day + "' ORDER BY position");
            while (rows.next()) {
                StoredRow stored = StoredRow.of(rows);
                byte[] commitment = stored.expectedCommitment();
                head = ChainDay.link(head, commitment);
                update.execute("UPDATE sinusnode.audit_event SET commitment = " + hex(commitment) + ", chain = "
                        + hex(head) + " WHERE day = '" + day + "' AND position = " + stored.position());
            }
            update.execute("UPDATE sinusnode.audit_day SET head = " + hex(head) + " WHERE day = '" + day + "'");
        }
    }

    private static String hex(byte[] bytes) {
        return "decode('" + java.util.HexFormat.of().formatHex(bytes) + "', 'hex')";
    }

    private void attack(String... statements) {
        try (Connection connection = superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql.replace("$1", "'" + first + "'")
                        .replace("$2", "'" + second + "'")
                        .replace("$3", "'" + third + "'"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The attack itself failed.", e);
        }
    }

    private DriverManagerDataSource superuser() {
        String url = ((DriverManagerDataSource) audit.dataSource()).getUrl();
        return new DriverManagerDataSource(
                url, PostgresControl.SUPERUSER, TestPostgres.server().password(PostgresControl.SUPERUSER));
    }

    private void assertFound(
            @org.jspecify.annotations.Nullable LocalDate day,
            @org.jspecify.annotations.Nullable Long position,
            String what) {
        Finding found = audit.verify().first().orElseThrow(() -> new AssertionError("Nothing was found."));
        assertThat(found.day()).as(found.toString()).isEqualTo(day);
        assertThat(found.position()).as(found.toString()).isEqualTo(position);
        assertThat(found.what()).contains(what);
    }

    private void addEvents() {
        for (int i = 0; i < EVENTS; i++) {
            audit.journalOnly(Entries.granted(OwnTables.newId()).build());
        }
        assertThat(audit.drainer().await(Duration.ofSeconds(20))).isTrue();
    }

    private LocalDate day() {
        return LocalDate.ofInstant(audit.clock().instant(), ZoneOffset.UTC);
    }
}
