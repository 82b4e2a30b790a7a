package eu.sinusnode.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.therapy.alert.Alert;
import eu.sinusnode.therapy.alert.AlertRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is left of an alert that reaches nobody. */
class UntoldAlertsTest {

    private static final UUID PATIENT = UUID.fromString("2c7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20");
    private static final String ANSWERS = "3d7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20";
    private static final Instant NOW = Instant.parse("2026-11-29T10:31:00Z");

    private final List<AuditEntry> audited = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void aTransactionRuns() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void itIsOver() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    private UntoldAlerts untold(boolean restricted) {
        return new UntoldAlerts(
                patient -> restricted && patient.equals(PATIENT),
                new AuditTrail(audited::add, Clock.fixed(NOW, ZoneOffset.UTC)),
                meters);
    }

    private static AlertTasks alert(int version) {
        QuestionnaireResponse answers = new QuestionnaireResponse();
        answers.setId("QuestionnaireResponse/" + ANSWERS + "/_history/" + version);
        return new AlertTasks(PATIENT, answers, new Alert(Set.of(AlertRule.CHEST_PAIN)), NOW);
    }

    private double counted() {
        return meters.get("sinusnode.alerts.untold").counter().count();
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, SN-RELATIONSHIP-001",
        "false, true, SN-CONSENT-001",
        "true, true, SN-RESTRICTION-003",
        "true, false, SN-RESTRICTION-003"
    })
    void theAuditSaysWhyAndNothingOfTheAnswers(boolean restricted, boolean linked, String code) {
        untold(restricted).record(alert(3), linked);
        assertThat(audited).hasSize(1);
        AuditEntry entry = audited.get(0);
        assertThat(entry.outcome())
                .isEqualTo(new AuditOutcome.Denied(
                        code, "answers met a rule of the therapy plan, and no clinic could be told"));
        assertThat(entry.caller()).isEqualTo(AuditedCaller.server());
        assertThat(entry.request().operation()).isEqualTo("therapy-alert");
        assertThat(entry.request().resourceType()).isEqualTo("QuestionnaireResponse");
        assertThat(entry.request().resourceId()).isEqualTo(ANSWERS);
        assertThat(entry.request().query()).isNull();
        assertThat(entry.records())
                .containsExactly(new AuditedRecord(PATIENT.toString(), "QuestionnaireResponse", ANSWERS, "3"));
    }

    @Test
    void aTransactionThatIsTriedAgainIsOneEntryAndALaterVersionAnother() {
        untold(false).record(alert(3), true);
        untold(false).record(alert(3), true);
        untold(false).record(alert(4), true);
        assertThat(audited).extracting(AuditEntry::id).hasSize(3);
        assertThat(audited.get(1).id()).isEqualTo(audited.get(0).id());
        assertThat(audited.get(2).id()).isNotEqualTo(audited.get(0).id());
    }

    @Test
    void whatIsStoredIsCountedAndWhatIsRolledBackIsNot() {
        UntoldAlerts untold = untold(false);
        assertThat(counted()).as("there from the start").isZero();
        untold.record(alert(1), true);
        TransactionSynchronizationManager.getSynchronizations()
                .forEach(one -> one.afterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK));
        assertThat(counted()).isZero();
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        assertThat(counted()).isEqualTo(1);
    }
}
