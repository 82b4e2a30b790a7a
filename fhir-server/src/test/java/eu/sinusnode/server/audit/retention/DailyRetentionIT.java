package eu.sinusnode.server.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.server.audit.testing.AuditBench;
import eu.sinusnode.server.audit.testing.Entries;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.projection.OwnTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the server does by itself, eleven years after a month of events. */
class DailyRetentionIT {

    @TempDir
    Path home;

    private final List<AuditEntry> recorded = new CopyOnWriteArrayList<>();
    private AuditBench audit;
    private DailyRetention daily;

    @BeforeEach
    void aMonthThatHasPassed() {
        audit = AuditBench.open(home);
        audit.record(Entries.granted(OwnTables.newId()).build());
        audit.record(Entries.granted(OwnTables.newId()).build());
        audit.clock().move(Duration.ofDays(11 * 366));
        daily = new DailyRetention(run(), Period.ofYears(10), new AuditTrail(recorded::add, audit.clock()));
    }

    @AfterEach
    void close() throws Exception {
        daily.close();
        audit.close();
    }

    @Test
    void aMonthThatHasPassedIsDroppedByItselfAndTheRunIsInTheAudit() throws Exception {
        daily.start(Duration.ZERO, Duration.ofMillis(100));
        await(2);

        assertThat(events()).singleElement().satisfies(drop -> assertThat(drop)
                .contains("2 events", "retention P10Y passed"));
        audit.assertVerified();
        assertThat(recorded).allSatisfy(entry -> {
            assertThat(entry.request().interaction()).isEqualTo(AuditedInteraction.JOB_RUN);
            assertThat(entry.outcome()).isInstanceOf(AuditOutcome.Granted.class);
        });
        assertThat(recorded.get(0).outcome()).isEqualTo(new AuditOutcome.Granted("retention P10Y: 1 months dropped"));
        assertThat(recorded.get(1).outcome()).isEqualTo(new AuditOutcome.Granted("retention P10Y: 0 months dropped"));
        assertThat(new AuditEvents("http://127.0.0.1/fhir").render(recorded.get(0)))
                .singleElement()
                .satisfies(event -> assertThat(event.getType().getCode()).isEqualTo("110100"));
    }

    @Test
    void ofTwoServersOneDoesIt() throws Exception {
        CountDownLatch atIt = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            try {
                run().run(Period.ofYears(10), month -> {
                    atIt.countDown();
                    uninterrupted(seen);
                });
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        first.start();
        assertThat(atIt.await(30, TimeUnit.SECONDS)).isTrue();

        daily.once();
        assertThat(recorded).as("nothing was done, so there is nothing to tell").isEmpty();

        seen.countDown();
        first.join(30_000);
        daily.once();
        assertThat(recorded).hasSize(1);
        assertThat(events()).hasSize(1);
    }

    @Test
    void aRunThatBreaksOffDropsNothingAndSaysSo() throws Exception {
        attack("UPDATE sinusnode.audit_day SET events = 1");

        daily.once();

        assertThat(events()).hasSize(2);
        assertThat(recorded).singleElement().satisfies(entry -> assertThat(entry.outcome())
                .isEqualTo(new AuditOutcome.Denied("SN-SERVER-001", "audit-retention broke off")));
    }

    private RetentionRun run() {
        return new RetentionRun(audit.dataSource(), audit.keys(), audit.store(), audit.clock());
    }

    private List<String> events() {
        return audit.jdbc().queryForList("SELECT resource FROM sinusnode.audit_event", String.class);
    }

    private void await(int runs) throws InterruptedException {
        Instant latest = Instant.now().plusSeconds(30);
        while (recorded.size() < runs) {
            assertThat(Instant.now()).isBefore(latest);
            Thread.sleep(20);
        }
        daily.close();
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attack(String sql) throws Exception {
        String url = ((DriverManagerDataSource) audit.dataSource()).getUrl();
        try (Connection connection = new DriverManagerDataSource(
                                url,
                                PostgresControl.SUPERUSER,
                                TestPostgres.server().password(PostgresControl.SUPERUSER))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(sql);
        }
    }
}
