package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.subscription.ChangedRecord;
import eu.sinusnode.policy.subscription.ReminderTelling;
import eu.sinusnode.profiles.ImposedProfiles;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.subscriptions.LiveSubscriptions.Live;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills the outbox in the transaction that stores a record: what was stored is told or withheld later, and never lost. Who
 * may be told is not asked here, but when it is about to leave.
 */
public final class EventProjection implements Projection {

    private static final String INSERT = """
            INSERT INTO sinusnode.subscription_event (subscription, record, patient, occurred)
            VALUES (?, ?, ?, greatest(?, clock_timestamp()))
            """;

    /** What was still to be told of reminders, and now is something else. */
    private static final String TAKE_BACK = """
            DELETE FROM sinusnode.subscription_event
            WHERE patient = ? AND record = ? AND number IS NULL AND occurred > clock_timestamp()
            """;

    private final RunningTransaction transaction;
    private final LiveSubscriptions subscriptions;

    public EventProjection(RunningTransaction transaction, LiveSubscriptions subscriptions) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
    }

    private record Event(
            UUID subscription, UUID record, @Nullable UUID patient, Instant notBefore) {}

    @Override
    public void apply(List<ResourceChange> changes) {
        LiveIndex all = subscriptions.during(transaction);
        if (all.isEmpty()) {
            return;
        }
        List<Event> events = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (!change.isDeletion()
                    && ChangedRecord.types().contains(change.resource().fhirType())) {
                if (change.kind() == ResourceChange.Kind.UPDATED && ImposedProfiles.isReminder(change.resource())) {
                    takeBack(change);
                }
                ReminderTelling.notBefore(change.resource()).ifPresent(when -> add(events, all, change, when));
            }
        }
        transaction.batch(INSERT, events, event -> new Object[] {
            event.subscription(),
            event.record(),
            event.patient(),
            event.notBefore().atOffset(ZoneOffset.UTC)
        });
    }

    /** Whether somebody has subscribed to anything. */
    public boolean somebodyListens() {
        return !subscriptions.during(transaction).isEmpty();
    }

    private void takeBack(ResourceChange change) {
        UUID patient = patient(ChangedRecord.of(change.resource()));
        if (patient != null) {
            transaction.update(TAKE_BACK, patient, ResourceIds.require("Task", change.id()));
        }
    }

    private static void add(List<Event> events, LiveIndex all, ResourceChange change, Instant notBefore) {
        ChangedRecord changed = ChangedRecord.of(change.resource());
        for (Live live : all.matching(changed)) {
            events.add(new Event(
                    live.id(), ResourceIds.require(changed.resourceType(), change.id()), patient(changed), notBefore));
        }
    }

    /** Whose it is, for an erasure. */
    private static @Nullable UUID patient(ChangedRecord changed) {
        return changed.patients().stream()
                .flatMap(id -> ResourceIds.parse(id).stream())
                .findFirst()
                .orElse(null);
    }
}
