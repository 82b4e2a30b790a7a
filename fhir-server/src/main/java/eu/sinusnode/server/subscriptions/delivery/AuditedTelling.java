package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Puts what is told, and what is refused, into the audit before anything leaves. */
final class AuditedTelling {

    private static final String OPERATION = "$subscription-event";

    private final AuditTrail audit;

    AuditedTelling(AuditTrail audit) {
        this.audit = audit;
    }

    /** That there is such a record is what is disclosed. Told again, it is the same disclosure. */
    void told(StoredSubscription subscription, OutboxEvent event, RecordFacts record, Decision.Permit permit) {
        List<AuditedRecord> records = record.ownership() instanceof Ownership.OfPatients owners
                ? owners.patientIds().stream()
                        .map(patient -> audited(patient, record))
                        .toList()
                : List.of();
        UUID once =
                UUID.nameUUIDFromBytes((subscription.id() + "/" + event.event()).getBytes(StandardCharsets.US_ASCII));
        audit.recordOnce(
                once,
                facts(subscription),
                AuditedCaller.of(subscription.caller()),
                new AuditOutcome.Granted(permit.rule()),
                records);
    }

    private static AuditedRecord audited(String patient, RecordFacts record) {
        return new AuditedRecord(patient, record.resourceType(), record.id(), null);
    }

    void refused(StoredSubscription subscription, Decision.Deny deny) {
        audit.record(
                facts(subscription),
                AuditedCaller.of(subscription.caller()),
                new AuditOutcome.Denied(deny.code().code(), deny.reason()),
                List.of());
    }

    private static RequestFacts facts(StoredSubscription subscription) {
        String id = subscription.id().toString();
        return new RequestFacts(id, AuditedInteraction.OPERATION, OPERATION, "Subscription", id, null);
    }
}
