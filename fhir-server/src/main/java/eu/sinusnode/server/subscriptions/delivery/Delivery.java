package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.server.configuration.SubscriptionProperties;
import eu.sinusnode.server.outbound.NotSentException;
import eu.sinusnode.server.outbound.OutboundException;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.projection.TellingBarrier;
import eu.sinusnode.server.subscriptions.EndpointRegistry;
import eu.sinusnode.server.subscriptions.Notifications;
import eu.sinusnode.server.subscriptions.Notifications.Kind;
import eu.sinusnode.server.subscriptions.Notifications.Told;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import eu.sinusnode.server.subscriptions.StoredSubscription.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One step for one Subscription, in one transaction that holds its row: decide, number, audit, send, forget. A process that
 * dies on the way leaves the events with their numbers, and they are sent again. The decision stands until the receiver has
 * answered, since who would change it waits at the {@link TellingBarrier}.
 */
final class Delivery {

    private static final Duration BARRIER_IS_CLOSED = Duration.ofMillis(200);

    private final TransactionTemplate transactions;
    private final RunningTransaction transaction;
    private final Outbox outbox;
    private final EventDisclosure disclosure;
    private final EndpointRegistry endpoints;
    private final OutboundHttp http;
    private final Notifications notifications;
    private final AuditedTelling audit;
    private final DeliveryMeters meters;
    private final SubscriptionProperties limits;
    private final Clock clock;

    Delivery(
            TransactionTemplate transactions,
            RunningTransaction transaction,
            Outbox outbox,
            EventDisclosure disclosure,
            EndpointRegistry endpoints,
            OutboundHttp http,
            Notifications notifications,
            AuditedTelling audit,
            DeliveryMeters meters,
            SubscriptionProperties limits,
            Clock clock) {
        this.transactions = transactions;
        this.transaction = transaction;
        this.outbox = outbox;
        this.disclosure = disclosure;
        this.endpoints = endpoints;
        this.http = http;
        this.notifications = notifications;
        this.audit = audit;
        this.meters = meters;
        this.limits = limits;
        this.clock = clock;
    }

    /** A step broke off; the Subscription it was about must not keep the others waiting. */
    static final class StepFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailedException(RuntimeException cause) {
            super("A notification broke off.", cause);
        }
    }

    /**
     * @return whether there was something to be done
     * @throws StepFailedException when it broke off; it is tried again later
     */
    boolean step() {
        UUID[] taken = new UUID[1];
        try {
            return Boolean.TRUE.equals(transactions.execute(status -> {
                Optional<Due> due = outbox.take(limits.contactWithin());
                due.ifPresent(found -> {
                    taken[0] = found.subscription().id();
                    work(found);
                });
                return due.isPresent();
            }));
        } catch (RuntimeException e) {
            UUID broken = taken[0];
            if (broken != null) {
                transactions.executeWithoutResult(
                        status -> outbox.failed(broken, "The server could not work on it and tries again."));
            }
            throw new StepFailedException(e);
        }
    }

    private void work(Due due) {
        StoredSubscription subscription = due.subscription();
        if (due.ended()) {
            outbox.off(subscription.id(), "Its end has come.");
        } else if (due.silent()) {
            outbox.off(subscription.id(), "Its client has not shown a token for " + limits.contactWithin() + ".");
        } else if (refusal(subscription).orElse(null) instanceof Decision.Deny deny) {
            audit.refused(subscription, deny);
            failed(due, deny.code().code() + ": " + deny.reason() + ".");
        } else if (subscription.state() == State.REQUESTED) {
            send(due, Kind.HANDSHAKE, List.of());
        } else {
            tell(due);
        }
    }

    /** What concerns no record: the client's registration and Organization, its kind and scopes, the endpoint's host. */
    private Optional<Decision> refusal(StoredSubscription subscription) {
        return List.of(
                        disclosure.decideRecipient(subscription.caller()),
                        disclosure.decideType(
                                subscription.caller(),
                                subscription.order().criteria().resourceType()),
                        endpoints.decide(subscription.order().endpoint()))
                .stream()
                .filter(Decision.Deny.class::isInstance)
                .findFirst();
    }

    /** @param permit why it may be told */
    private record Permitted(OutboxEvent event, String path, RecordFacts facts, Decision.Permit permit) {}

    private void tell(Due due) {
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
            tell(due, permitted);
        } else if (waits) {
            outbox.postpone(subscription.id(), BARRIER_IS_CLOSED);
        } else if (due.heartbeat()) {
            send(due, Kind.HEARTBEAT, List.of());
        } else {
            outbox.postpone(subscription.id(), Duration.ZERO);
        }
    }

    private static Set<String> owners(RecordFacts record) {
        return record.ownership() instanceof Ownership.OfPatients owners ? owners.patientIds() : Set.of();
    }

    private void tell(Due due, List<Permitted> permitted) {
        StoredSubscription subscription = due.subscription();
        long last = outbox.lastNumber(subscription.id());
        Map<Long, Long> given = new LinkedHashMap<>();
        List<Told> told = new ArrayList<>();
        for (Permitted each : permitted) {
            Long number = each.event().number();
            if (number == null) {
                number = ++last;
                given.put(each.event().event(), number);
            }
            told.add(new Told(number, each.event().occurred(), each.path()));
        }
        outbox.number(given);
        permitted.forEach(each -> audit.told(subscription, each.event(), each.facts(), each.permit()));
        Sent sent = send(due, Kind.EVENT, told);
        if (sent == Sent.TAKEN) {
            outbox.remove(permitted.stream().map(each -> each.event().event()).toList());
            told.forEach(each -> meters.told(Duration.between(each.occurred(), clock.instant())));
        } else if (sent == Sent.NOT_AT_ALL) {
            outbox.unnumber(given.keySet());
        }
    }

    private enum Sent {
        TAKEN,
        PERHAPS,
        NOT_AT_ALL
    }

    private Sent send(Due due, Kind kind, List<Told> events) {
        StoredSubscription subscription = due.subscription();
        long last = events.isEmpty()
                ? subscription.told()
                : events.get(events.size() - 1).number();
        try {
            OutboundHttp.Answer answer = http.post(
                    subscription.order().endpoint(),
                    due.headers(),
                    "application/fhir+json",
                    notifications.body(subscription, kind, last, events));
            if (answer.status() >= 200 && answer.status() < 300) {
                outbox.delivered(subscription.id(), last, subscription.order().heartbeat());
                return Sent.TAKEN;
            }
            failed(due, "The endpoint answered " + answer.status() + ".");
            return Sent.PERHAPS;
        } catch (NotSentException e) {
            failed(due, "The endpoint cannot be reached.");
            return Sent.NOT_AT_ALL;
        } catch (OutboundException e) {
            failed(due, "The endpoint did not answer in time, or not in HTTP.");
            return Sent.PERHAPS;
        }
    }

    private void failed(Due due, String problem) {
        UUID id = due.subscription().id();
        meters.failed();
        if (due.failingSeconds() >= limits.giveUpAfter().toSeconds()) {
            outbox.off(id, problem + " It has been so for " + limits.giveUpAfter() + ".");
        } else if (outbox.isFull(id)) {
            outbox.off(id, problem + " More than " + Outbox.MOST_WAITING + " events wait.");
        } else {
            outbox.failed(id, problem);
        }
    }
}
