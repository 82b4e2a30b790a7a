package eu.sinusnode.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.server.audit.testing.AuditBench;
import eu.sinusnode.server.audit.testing.Entries;
import eu.sinusnode.server.projection.OwnTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** From the journal into the table, and back out as AuditEvents. */
class AuditStoreIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @TempDir
    Path home;

    private AuditBench audit;

    @BeforeEach
    void open() {
        audit = AuditBench.open(home);
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
    }

    @Test
    void aDenialIsKeptAndItsColumnsSayWhoAndWhatButNotWhose() {
        String patient = OwnTables.newId();
        AuditEntry entry = Entries.denied(patient).client("clinic-system").build();

        audit.record(entry);

        AuditEvent event = audit.rendered(entry).get(0);
        assertThat(FHIR.newJsonParser().encodeResourceToString(audit.find(id(event))))
                .isEqualTo(FHIR.newJsonParser().encodeResourceToString(event));
        Map<String, Object> row = audit.jdbc().queryForMap("SELECT * FROM sinusnode.audit_event");
        assertThat(row)
                .containsEntry("outcome", "4")
                .containsEntry("client", "clinic-system")
                .containsEntry("denial_code", "SN-CONSENT-001")
                .containsEntry("request_id", entry.request().requestId());
        assertThat(row.toString()).doesNotContain(patient);
        assertThat(audit.jdbc().queryForList("SELECT resource FROM sinusnode.audit_event", String.class))
                .allSatisfy(text -> assertThat(text).doesNotContain(patient).contains("erased"));
    }

    @Test
    void aPatientWhoActsIsSealedWithTheOwnKeyAndStaffIsNot() {
        String patient = OwnTables.newId();
        AuditEntry own = Entries.granted(patient).patientCalls(patient).build();
        AuditEntry staff =
                Entries.granted(patient).clinicianCalls("Practitioner/p-1").build();

        audit.record(own);
        audit.record(staff);

        assertThat(audit.find(id(audit.rendered(own).get(0))).getAgent())
                .anySatisfy(agent -> assertThat(agent.getWho().getReference()).isEqualTo("Patient/" + patient))
                .anySatisfy(agent -> assertThat(agent.getNetwork().getAddress()).isEqualTo(Entries.ADDRESS));
        List<String> stored =
                audit.jdbc().queryForList("SELECT resource FROM sinusnode.audit_event ORDER BY position", String.class);
        assertThat(stored.get(0)).doesNotContain(patient).doesNotContain(Entries.ADDRESS);
        assertThat(stored.get(1)).doesNotContain(patient).contains("Practitioner/p-1");
    }

    @Test
    void theSameEntryTwiceIsStoredOnce() throws Exception {
        AuditEntry entry = Entries.granted(OwnTables.newId()).build();

        audit.record(entry);
        audit.record(entry);
        audit.restart();
        audit.record(entry);

        assertThat(count("audit_event")).isEqualTo(1);
    }

    @Test
    void aBulkAnswerHasOneEventAndALineAPersonAndType() {
        String first = OwnTables.newId();
        String second = OwnTables.newId();
        audit.record(Entries.bulk(first, second).build());

        assertThat(count("audit_event")).isEqualTo(1);
        assertThat(audit.jdbc()
                        .queryForList("SELECT s.reference FROM sinusnode.audit_ledger l "
                                + "JOIN sinusnode.audit_subject s USING (subject)"))
                .extracting(line -> line.get("reference"))
                .containsExactlyInAnyOrder("Patient/" + first, "Patient/" + second);
        audit.assertVerified();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sinusnode.audit_event SET outcome = '0'",
                "DELETE FROM sinusnode.audit_event",
                "DELETE FROM sinusnode.audit_event WHERE false",
                "TRUNCATE sinusnode.audit_event",
                "TRUNCATE sinusnode.audit_event_$MONTH",
                "DELETE FROM sinusnode.audit_event_$MONTH",
                "UPDATE sinusnode.audit_event_$MONTH SET outcome = '0'",
                "DELETE FROM sinusnode.audit_ledger_$MONTH",
                """
                INSERT INTO sinusnode.audit_event SELECT * FROM sinusnode.audit_event
                ON CONFLICT (day, position) DO UPDATE SET outcome = '0'
                """
            })
    void rowsAreOnlyEverAdded(String attack) {
        audit.record(Entries.denied(null).build());
        List<Map<String, Object>> before = rows();

        assertThatThrownBy(() -> audit.jdbc().execute(attack.replace("$MONTH", audit.month())))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("only ever added");

        assertThat(rows()).hasSize(before.size());
        audit.assertVerified();
    }

    @Test
    void afterTheErasureTheEventsStayTheChainHoldsAndNobodyKnowsWhomTheyConcern() {
        String erased = OwnTables.newId();
        String other = OwnTables.newId();
        AuditEntry read = Entries.granted(erased).build();
        AuditEntry own = Entries.granted(erased).patientCalls(erased).build();
        AuditEntry others = Entries.granted(other).build();
        List.of(read, own, others).forEach(audit::record);

        assertThat(audit.erasure().erase(erased, List.of(), List.of())).isEqualTo(1);

        audit.assertVerified();
        assertThat(count("audit_event")).isEqualTo(3);
        for (AuditEntry entry : List.of(read, own)) {
            AuditEvent event = audit.find(id(audit.rendered(entry).get(0)));
            assertThat(FHIR.newJsonParser().encodeResourceToString(event))
                    .doesNotContain(erased)
                    .doesNotContain(entry.records().get(0).id());
        }
        assertThat(FHIR.newJsonParser()
                        .encodeResourceToString(
                                audit.find(id(audit.rendered(others).get(0)))))
                .contains(other);
        assertThat(audit.dump()).doesNotContain(erased);
        audit.record(Entries.granted(erased).build());
        audit.assertVerified();
    }

    /** A guesser neither fills the table of persons nor learns anything; a record that is there is sealed as ever. */
    @Test
    void aGuessedIdGetsNoKeyAndOneThatIsThereIsSealed() {
        String guessed = OwnTables.newId();
        String there = OwnTables.newId();
        audit.keepsRecordOf("Patient/" + there);

        audit.record(Entries.guess("Patient", guessed));
        audit.record(Entries.guess("Patient", there));

        assertThat(audit.jdbc().queryForList("SELECT reference FROM sinusnode.audit_subject", String.class))
                .contains("Patient/" + there)
                .doesNotContain("Patient/" + guessed);
        List<String> stored =
                audit.jdbc().queryForList("SELECT resource FROM sinusnode.audit_event ORDER BY position", String.class);
        assertThat(stored.get(0)).contains(guessed);
        assertThat(stored.get(1)).doesNotContain(there).contains("erased");
        audit.assertVerified();
    }

    @Test
    void aLoginIsSealedWithAKeyOfTheAccountAndTheErasureOfThePatientFindsIt() {
        String patient = OwnTables.newId();
        AuditEntry own = Entries.granted(patient).patientCalls(patient).build();
        String account = "subject-Patient/" + patient;
        AuditEntry login = Entries.login(account);
        AuditEntry another = Entries.login("another-account");
        List.of(own, login, another).forEach(audit::record);

        assertThat(audit.jdbc().queryForList("SELECT resource FROM sinusnode.audit_event", String.class))
                .noneSatisfy(text -> assertThat(text).contains(account))
                .noneSatisfy(text -> assertThat(text).contains("another-account"));
        assertThat(text(login)).contains(account, Entries.ADDRESS);

        assertThat(audit.erasure().erase(patient, List.of(), List.of())).isEqualTo(2);

        assertThat(text(login)).doesNotContain(account).doesNotContain(Entries.ADDRESS);
        assertThat(text(another)).contains("another-account");
        assertThat(audit.dump()).doesNotContain(account);
        audit.assertVerified();
    }

    private String text(AuditEntry entry) {
        return FHIR.newJsonParser()
                .encodeResourceToString(audit.find(id(audit.rendered(entry).get(0))));
    }

    @Test
    void anEntryThatNoTableTakesIsKeptAsideAndDoesNotStopTheOthers() throws Exception {
        audit.journal().append("no entry".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        AuditEntry good = Entries.granted(OwnTables.newId()).build();
        audit.record(good);

        assertThat(count("audit_event")).isEqualTo(1);
        assertThat(audit.drainer().setAside()).isEqualTo(1);
    }

    @Test
    void whatTheProcessCouldNotStoreIsStoredByTheNextOne() throws Exception {
        AuditEntry entry = Entries.granted(OwnTables.newId()).build();
        audit.stopDraining();
        audit.journalOnly(entry);
        assertThat(count("audit_event")).isZero();

        audit.restart();

        audit.drainer().await(java.time.Duration.ofSeconds(10));
        assertThat(count("audit_event")).isEqualTo(1);
        audit.assertVerified();
    }

    private List<Map<String, Object>> rows() {
        return audit.jdbc().queryForList("SELECT * FROM sinusnode.audit_event ORDER BY day, position");
    }

    private long count(String table) {
        Long count = audit.jdbc().queryForObject("SELECT count(*) FROM sinusnode." + table, Long.class);
        return count == null ? -1 : count;
    }

    private static UUID id(AuditEvent event) {
        return UUID.fromString(event.getIdElement().getIdPart());
    }
}
