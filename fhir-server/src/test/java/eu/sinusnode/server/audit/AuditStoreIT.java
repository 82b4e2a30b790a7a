package eu.sinusnode.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.server.projection.OwnTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class AuditStoreIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final AuditEvents EVENTS = new AuditEvents("http://127.0.0.1/fhir");
    private static final String PATIENT = "11111111-1111-4111-8111-111111111111";

    private static OwnTables tables;
    private static JdbcAuditSink sink;
    private static AuditEventTable table;

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
        sink = new JdbcAuditSink(tables.dataSource(), FHIR, EVENTS);
        table = new AuditEventTable(tables.dataSource(), FHIR);
    }

    @Test
    void aDenialIsKeptAndItsColumnsSayWhoWhatAndWhose() {
        AuditEntry entry = denial("clinic-system", DenialCode.CONSENT, PATIENT, Instant.parse("2026-01-01T00:00:00Z"));

        sink.record(entry);

        AuditEvent event = EVENTS.render(entry).get(0);
        UUID id = UUID.fromString(id(entry));
        assertThat(table.find(id))
                .hasValueSatisfying(stored -> assertThat(FHIR.newJsonParser().encodeResourceToString(stored))
                        .isEqualTo(FHIR.newJsonParser().encodeResourceToString(event)));
        Map<String, Object> row = tables.jdbc().queryForMap("SELECT * FROM sinusnode.audit_event WHERE id = ?", id);
        assertThat(row)
                .containsEntry("outcome", "4")
                .containsEntry("subtype", "read")
                .containsEntry("client", "clinic-system")
                .containsEntry("caller", "Organization/" + PATIENT)
                .containsEntry("patient", PATIENT)
                .containsEntry("denial_code", "SN-CONSENT-001")
                .containsEntry("request_id", "request-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sinusnode.audit_event SET outcome = '0'",
                "DELETE FROM sinusnode.audit_event",
                "DELETE FROM sinusnode.audit_event WHERE false",
                "TRUNCATE sinusnode.audit_event",
                """
                INSERT INTO sinusnode.audit_event SELECT * FROM sinusnode.audit_event
                ON CONFLICT (id) DO UPDATE SET outcome = '0'
                """
            })
    void rowsAreOnlyEverAdded(String attack) {
        sink.record(denial("insurer", DenialCode.SCOPE, null, Instant.now()));
        List<Map<String, Object>> before = rows();

        assertThatThrownBy(() -> tables.jdbc().execute(attack))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("only ever added");

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void anEventOutlivesTheTransactionOfItsRequest() {
        AuditEntry entry = denial("insurer", DenialCode.SCOPE, null, Instant.now());
        var hikari = new com.zaxxer.hikari.HikariDataSource();
        var own = (org.springframework.jdbc.datasource.DriverManagerDataSource) tables.dataSource();
        hikari.setJdbcUrl(own.getUrl());
        hikari.setUsername(own.getUsername());
        hikari.setPassword(own.getPassword());
        hikari.setAutoCommit(false);

        try (hikari;
                var audit = AuditConnections.besides(hikari)) {
            assertThatThrownBy(() -> tables.inTransaction(() -> {
                        new JdbcAuditSink(audit, FHIR, EVENTS).record(entry);
                        throw new IllegalStateException("the request fails");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(table.find(UUID.fromString(id(entry)))).isPresent();
    }

    @Test
    void aFailureToStoreReachesTheRequest() {
        JdbcAuditSink broken = new JdbcAuditSink(
                new org.springframework.jdbc.datasource.DriverManagerDataSource(
                        "jdbc:postgresql://127.0.0.1:1/none", "none", "none"),
                FHIR,
                EVENTS);

        assertThatThrownBy(() -> broken.record(denial("insurer", DenialCode.SCOPE, null, Instant.now())))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void pagesJoinNewestFirstAlsoWithinOneMillisecond() {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        List<String> recorded = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // Three events a millisecond.
            AuditEntry entry = denial("pager", DenialCode.SCOPE, null, start.plusMillis(i / 3));
            sink.record(entry);
            recorded.add(id(entry));
        }

        List<AuditEvent> all = new ArrayList<>();
        Instant to = start.plusSeconds(1);
        List<AuditEvent> page;
        while (!(page = table.search(new AuditQuery(start, to, null, null, null, null, 4))).isEmpty()) {
            all.addAll(page);
            to = page.get(page.size() - 1).getRecorded().toInstant().minusMillis(1);
        }

        assertThat(all)
                .extracting(event -> event.getIdElement().getIdPart())
                .containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(all)
                .extracting(AuditEvent::getRecorded)
                .isSortedAccordingTo(java.util.Comparator.<Date>reverseOrder());
    }

    @Test
    void eachConditionNarrows() {
        Instant at = Instant.parse("2019-05-05T05:05:05Z");
        String patient = OwnTables.newId();
        sink.record(denial("clinic-system", DenialCode.CONSENT, patient, at));
        sink.record(denial("clinic-system", DenialCode.SCOPE, null, at));

        assertThat(found(new AuditQuery(at, at, null, null, null, null, 9))).isEqualTo(2);
        assertThat(found(new AuditQuery(at, at, "4", null, null, null, 9))).isEqualTo(1);
        assertThat(found(new AuditQuery(at, at, "0", null, null, null, 9))).isZero();
        assertThat(found(new AuditQuery(at, at, null, "read", null, null, 9))).isEqualTo(2);
        assertThat(found(new AuditQuery(at, at, null, "create", null, null, 9))).isZero();
        assertThat(found(new AuditQuery(at, at, null, null, "Organization/" + PATIENT, null, 9)))
                .isEqualTo(2);
        assertThat(found(new AuditQuery(at, at, null, null, "Practitioner/x", null, 9)))
                .isZero();
        assertThat(found(new AuditQuery(at, at, null, null, null, patient, 9))).isEqualTo(1);
        assertThat(found(new AuditQuery(at, at, null, null, null, "x' OR '1'='1", 9)))
                .isZero();
        assertThat(found(new AuditQuery(at.plusMillis(1), null, null, null, null, patient, 9)))
                .isZero();
    }

    private static int found(AuditQuery query) {
        return table.search(query).size();
    }

    private static List<Map<String, Object>> rows() {
        return tables.jdbc().queryForList("SELECT * FROM sinusnode.audit_event ORDER BY id");
    }

    private static AuditEntry denial(String client, DenialCode code, @Nullable String patient, Instant recorded) {
        return new AuditEntry(
                UUID.randomUUID().toString(),
                recorded,
                new RequestFacts("request-7", AuditedInteraction.READ, "Observation", "x", "127.0.0.1"),
                new AuditedCaller("clinic-system", client, "service-account", "token-1", PATIENT, "TREAT", null, null),
                new AuditOutcome.Denied(code.code(), "no permit"),
                patient == null ? List.of() : List.of(new AuditedRecord(patient, "Observation", "x", null)));
    }

    private static String id(AuditEntry entry) {
        return EVENTS.render(entry).get(0).getIdElement().getIdPart();
    }
}
