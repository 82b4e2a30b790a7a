package eu.sinusnode.server.audit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.audit.testing.AuditBench;
import eu.sinusnode.server.audit.testing.Entries;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.projection.OwnTables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Four months of events; ten years after the first of them, what has passed its retention is dropped. */
class AuditRetentionIT {

    private static final Period TEN_YEARS = Period.ofYears(10);
    private static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("yyyy_MM");

    @TempDir
    Path home;

    private AuditBench audit;
    private YearMonth first;
    private YearMonth second;

    @BeforeEach
    void fourMonths() {
        audit = AuditBench.open(home);
        // From the middle of a month, so that no step of a month leaves one out.
        audit.clock()
                .move(Duration.between(
                        audit.clock().instant(),
                        today().withDayOfMonth(15).atTime(12, 0).toInstant(ZoneOffset.UTC)));
        first = month();
        for (int i = 0; i < 4; i++) {
            addEvents();
            audit.clock().move(Duration.ofDays(1));
            addEvents();
            moveTo(month().plusMonths(1).atDay(15));
        }
        second = first.plusMonths(1);
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
    }

    @Test
    void monthsPastTheirRetentionAreDroppedAndNothingElse() throws Exception {
        moveTo(second.plusYears(10).plusMonths(1).atDay(1));
        String kept = rows("day >= '" + second.plusMonths(1).atDay(1) + "'");
        String subjects = table("audit_subject");

        String said = expire(TEN_YEARS);

        assertThat(said)
                .contains("Dropped " + first + ": 6 events.", "Dropped " + second + ": 6 events.")
                .doesNotContain("Dropped " + second.plusMonths(1));
        assertThat(partitions())
                .doesNotContain(
                        partition("audit_event", first),
                        partition("audit_ledger", first),
                        partition("audit_event", second),
                        partition("audit_ledger", second))
                .contains(
                        partition("audit_event", second.plusMonths(1)),
                        partition("audit_ledger", second.plusMonths(1)),
                        partition("audit_event", second.plusMonths(2)));
        assertThat(rows("day >= '" + second.plusMonths(1).atDay(1) + "' AND day < '" + today() + "'"))
                .as("every event and ledger line that is kept")
                .isEqualTo(kept)
                .isNotEmpty();
        assertThat(table("audit_subject")).isEqualTo(subjects);
    }

    @Test
    void theChainHoldsAfterwardsAndTheServerGoesOn() throws Exception {
        moveTo(second.plusYears(10).plusMonths(1).atDay(1));
        expire(TEN_YEARS);

        audit.assertVerified();
        addEvents();
        audit.assertVerified();
        String said = said(out -> AuditCommand.verify(place(), null, null, out));
        // What is left: two months of six events each, two events that say what was dropped, and three new ones.
        assertThat(said).contains("The audit's chain holds: 17 events of 9 days checked.");
    }

    @Test
    void whatWasDroppedIsInTheAudit() throws Exception {
        moveTo(first.plusYears(10).plusMonths(1).atDay(1));
        expire(TEN_YEARS);

        List<String> events = audit.jdbc()
                .queryForList("SELECT resource FROM sinusnode.audit_event WHERE action = 'D'", String.class);
        assertThat(events).singleElement().satisfies(event -> assertThat(event)
                .contains("AuditEvents of " + first, "6 events", "retention P10Y passed"));
    }

    @Test
    void aMonthIsKeptUntilItsLastDayHasPassed() throws Exception {
        moveTo(first.plusYears(10).atEndOfMonth());

        assertThat(expire(TEN_YEARS)).contains("No month has passed its retention of P10Y.");
        assertThat(partitions()).contains(partition("audit_event", first));
        audit.assertVerified();

        moveTo(first.plusYears(10).plusMonths(1).atDay(1));
        assertThat(expire(TEN_YEARS)).contains("Dropped " + first);
    }

    @Test
    void doingItAgainDropsNothingMore() throws Exception {
        moveTo(second.plusYears(10).plusMonths(1).atDay(1));
        expire(TEN_YEARS);
        String before = audit.dump();

        assertThat(expire(TEN_YEARS)).contains("No month has passed its retention of P10Y.");
        assertThat(audit.dump()).isEqualTo(before);
    }

    @Test
    void nothingIsDroppedOfAMonthWhoseDaysWereTamperedWith() throws Exception {
        attack("UPDATE sinusnode.audit_day SET events = 1 WHERE day = '" + first.atDay(15) + "'");
        moveTo(first.plusYears(10).plusMonths(1).atDay(1));
        String before = audit.dump();

        assertThatThrownBy(() -> expire(TEN_YEARS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not hold; nothing is dropped");
        assertThat(audit.dump()).isEqualTo(before);
        assertThat(partitions()).contains(partition("audit_event", first));
    }

    @Test
    void rowsThatComeBackToADroppedMonthAreFound() throws Exception {
        moveTo(first.plusYears(10).plusMonths(1).atDay(1));
        expire(TEN_YEARS);
        attack(
                "SELECT sinusnode.create_audit_partition('" + first.atDay(15) + "')",
                "INSERT INTO sinusnode.audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('day', '"
                        + first.atDay(15) + "', 'id', gen_random_uuid()))).* FROM sinusnode.audit_event e WHERE day = '"
                        + second.atDay(15) + "' AND position = 1");

        assertThat(audit.verify().first()).hasValueSatisfying(finding -> {
            assertThat(finding.day()).isEqualTo(first.atDay(15));
            assertThat(finding.what()).contains("does not know");
        });
    }

    @Test
    void aMonthThatWasDroppedWithoutTheCommandIsFound() {
        attack(
                "DROP TABLE sinusnode.audit_event_" + PARTITION.format(first),
                "DROP TABLE sinusnode.audit_ledger_" + PARTITION.format(first));

        assertThat(audit.verify().first())
                .hasValueSatisfying(finding -> assertThat(finding.what()).contains("was removed"));
    }

    @Test
    void theRetentionIsTheConfiguredOneUnlessTheCommandNamesOneAndNeverLessThanThreeYears() {
        assertThat(AuditCommand.retention(List.of(), Map.of())).isEqualTo(TEN_YEARS);
        assertThat(AuditCommand.retention(List.of(), Map.of("SINUSNODE_AUDIT_RETENTION", "P5Y")))
                .isEqualTo(Period.ofYears(5));
        assertThat(AuditCommand.retention(List.of("--retention", "P4Y"), Map.of("SINUSNODE_AUDIT_RETENTION", "P5Y")))
                .isEqualTo(Period.ofYears(4));
        for (String tooShort : List.of("P2Y", "P35M", "P0D", "P-10Y")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(AuditCommand.run(
                            new String[] {"expire", "--retention", tooShort}, Map.of(), new PrintStream(out)))
                    .as(tooShort)
                    .isEqualTo(2);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("P3Y");
        }
    }

    // Words of these tests

    private String expire(Period retention) throws Exception {
        return said(out -> AuditCommand.expire(place(), retention, audit.clock(), out));
    }

    private AuditCommand.Place place() {
        return new AuditCommand.Place(audit.dataSource(), audit.keys(), audit.anchor());
    }

    private interface Command {
        int run(PrintStream out) throws Exception;
    }

    private static String said(Command command) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(command.run(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .isZero();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String rows(String where) {
        return String.join(
                        "\n",
                        audit.jdbc()
                                .queryForList(
                                        "SELECT row_to_json(t)::text FROM sinusnode.audit_event t WHERE " + where
                                                + " ORDER BY day, position",
                                        String.class))
                + String.join(
                        "\n",
                        audit.jdbc()
                                .queryForList(
                                        "SELECT row_to_json(t)::text FROM sinusnode.audit_ledger t WHERE " + where
                                                + " ORDER BY day, position, subject",
                                        String.class));
    }

    private String table(String name) {
        return String.join(
                "\n",
                audit.jdbc()
                        .queryForList(
                                "SELECT row_to_json(t)::text AS row FROM sinusnode." + name + " t ORDER BY 1",
                                String.class));
    }

    private List<String> partitions() {
        return audit.jdbc()
                .queryForList(
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid ORDER BY 1",
                        String.class);
    }

    private static String partition(String table, YearMonth month) {
        return table + "_" + PARTITION.format(month);
    }

    /** Two reads and one bulk answer. */
    private void addEvents() {
        audit.journalOnly(Entries.granted(OwnTables.newId()).build());
        audit.journalOnly(Entries.granted(OwnTables.newId()).build());
        audit.journalOnly(Entries.bulk(OwnTables.newId(), OwnTables.newId()).build());
        assertThat(audit.drainer().await(Duration.ofSeconds(20))).isTrue();
    }

    private void moveTo(LocalDate day) {
        audit.clock()
                .move(Duration.between(
                        audit.clock().instant(), day.atTime(12, 0).toInstant(ZoneOffset.UTC)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(audit.clock().instant(), ZoneOffset.UTC);
    }

    private YearMonth month() {
        return YearMonth.from(today());
    }

    private void attack(String... statements) {
        String url = ((DriverManagerDataSource) audit.dataSource()).getUrl();
        try (Connection connection = new DriverManagerDataSource(
                                url,
                                PostgresControl.SUPERUSER,
                                TestPostgres.server().password(PostgresControl.SUPERUSER))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The attack itself failed.", e);
        }
    }
}
