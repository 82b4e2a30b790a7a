package eu.sinusnode.server.alerts;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Leaves a trace of answers that met a rule while a plan asked for them, and of which no clinic could be told: in the audit, and
 * in the counter {@code sinusnode.alerts.untold}.
 */
final class UntoldAlerts {

    static final String REASON = "answers met a rule of the therapy plan, and no clinic could be told";

    private static final String NOBODY = "nobody";

    private final Predicate<UUID> restricted;
    private final AuditTrail audit;
    private final Counter untold;

    /** @param restricted whether the record of this patient is */
    UntoldAlerts(Predicate<UUID> restricted, AuditTrail audit, MeterRegistry meters) {
        this.restricted = restricted;
        this.audit = audit;
        this.untold = meters.counter("sinusnode.alerts.untold");
    }

    /**
     * In the running transaction. What is rolled back is not counted.
     *
     * @param linked whether a clinic that treats by a plan that asks is in a care team of the patient
     */
    void record(AlertTasks alert, boolean linked) {
        IdType answers = alert.answers().getIdElement();
        audit.recordOnce(
                alert.name(NOBODY),
                new RequestFacts(
                        UUID.randomUUID().toString(),
                        AuditedInteraction.OPERATION,
                        AlertedClinics.NAME,
                        "QuestionnaireResponse",
                        answers.getIdPart(),
                        null),
                AuditedCaller.server(),
                new AuditOutcome.Denied(why(alert.patient(), linked).code(), REASON),
                List.of(new AuditedRecord(
                        alert.patient().toString(),
                        "QuestionnaireResponse",
                        answers.getIdPart(),
                        answers.getVersionIdPart())));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                untold.increment();
            }
        });
    }

    private DenialCode why(UUID patient, boolean linked) {
        if (restricted.test(patient)) {
            return DenialCode.RESTRICTED;
        }
        return linked ? DenialCode.CONSENT : DenialCode.RELATIONSHIP;
    }
}
