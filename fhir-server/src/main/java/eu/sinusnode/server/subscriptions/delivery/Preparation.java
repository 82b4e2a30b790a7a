package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.projection.TellingBarrier;
import eu.sinusnode.server.subscriptions.Notifications.Kind;
import eu.sinusnode.server.subscriptions.Notifications.Told;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import eu.sinusnode.server.subscriptions.delivery.Outgoing.Permitted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a notification of what waits for one Subscription, of that which may be told now. The decision stands until the transaction ends,
 * since who would change it waits at the {@link TellingBarrier}.
 */
final class Preparation {

    private static final Duration BARRIER_IS_CLOSED = Duration.ofMillis(200);

    private final RunningTransaction transaction;
    private final Outbox outbox;
    private final EventDisclosure disclosure;
    private final DeliveryMeters meters;
    private final Clock clock;

    Preparation(
            RunningTransaction transaction,
            Outbox outbox,
            EventDisclosure disclosure,
            DeliveryMeters meters,
            Clock clock) {
        this.transaction = transaction;
        this.outbox = outbox;
        this.disclosure = disclosure;
        this.meters = meters;
        this.clock = clock;
    }

    /** @return empty when there is nothing to be sent now; what may not be told is forgotten */
    Optional<Outgoing> of(Due due) {
        StoredSubscription subscription = due.subscription();
        String type = subscription.order().criteria().resourceType();
        List<OutboxEvent> events =
                outbox.next(subscription.id(), subscription.order().mostEvents());
        Map<String, RecordFacts> facts = disclosure.facts(
                events.stream().map(event -> type + "/" + event.record()).toList());
        Set<String> patients = new TreeSet<>();
        facts.values().forEach(record -> patients.addAll(owners(record)));
        Set<String> open = TellingBarrier.open(transaction, patients);
        PatientStandings standings = disclosure.standings(subscription.caller(), clock.instant());
        standings.of(open);
        List<Permitted> permitted = new ArrayList<>();
        List<Long> withheld = new ArrayList<>();
        boolean waits = false;
        for (OutboxEvent event : events) {
            String path = type + "/" + event.record();
            RecordFacts record = facts.get(path);
            if (record != null && !open.containsAll(owners(record))) {
                // Somebody changes what may be told of this patient; what comes after keeps its place.
                waits = true;
                break;
            }
            if (record != null
                    && disclosure.decide(subscription.caller(), record, standings) instanceof Decision.Permit permit) {
                permitted.add(new Permitted(event, path, record, permit));
            } else {
                withheld.add(event.event());
                if (event.number() != null) {
                    outbox.skip(subscription.id(), event.number());
                }
            }
        }
        outbox.remove(withheld);
        meters.withheld(withheld.size());
        if (!permitted.isEmpty()) {
            return Optional.of(numbered(due, permitted));
        } else if (!waits && due.heartbeat()) {
            return Optional.of(Outgoing.of(due, Kind.HEARTBEAT));
        }
        outbox.postpone(subscription.id(), waits ? BARRIER_IS_CLOSED : Duration.ZERO);
        return Optional.empty();
    }

    private static Set<String> owners(RecordFacts record) {
        return record.ownership() instanceof Ownership.OfPatients owners ? owners.patientIds() : Set.of();
    }

    private Outgoing numbered(Due due, List<Permitted> permitted) {
        long last = outbox.lastNumber(due.subscription().id());
        Set<Long> given = new HashSet<>();
        List<Told> told = new ArrayList<>();
        for (Permitted each : permitted) {
            Long number = each.event().number();
            if (number == null) {
                number = ++last;
                given.add(each.event().event());
            }
            told.add(new Told(number, each.event().occurred(), each.path()));
        }
        return new Outgoing(due, Kind.EVENT, permitted, told, given);
    }
}
