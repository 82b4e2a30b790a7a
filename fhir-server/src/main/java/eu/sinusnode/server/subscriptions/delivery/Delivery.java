package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.server.configuration.SubscriptionProperties;
import eu.sinusnode.server.subscriptions.Notifications.Kind;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import eu.sinusnode.server.subscriptions.StoredSubscription.State;
import eu.sinusnode.server.subscriptions.delivery.Outbox.Whose;
import eu.sinusnode.server.subscriptions.delivery.Outgoing.Permitted;
import eu.sinusnode.server.subscriptions.delivery.Sent.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One step for some Subscriptions, in one transaction that holds their rows: decide, number, audit, send, forget. A process that dies on the
 * way leaves the events with their numbers, and they are sent again.
 */
final class Delivery {

    private final TransactionTemplate transactions;
    private final Outbox outbox;
    private final EventDisclosure disclosure;
    private final Preparation preparation;
    private final Channel channel;
    private final Sender sender;
    private final AuditedTelling audit;
    private final DeliveryMeters meters;
    private final SubscriptionProperties limits;
    private final Clock clock;

    Delivery(
            TransactionTemplate transactions,
            Outbox outbox,
            EventDisclosure disclosure,
            Preparation preparation,
            Channel channel,
            Sender sender,
            AuditedTelling audit,
            DeliveryMeters meters,
            SubscriptionProperties limits,
            Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.disclosure = disclosure;
        this.preparation = preparation;
        this.channel = channel;
        this.sender = sender;
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
     * @param most how many Subscriptions; when one by itself breaks off, it stands aside for a while
     * @param whose which are taken
     * @return whether there was something to be done
     * @throws StepFailedException when it broke off; it is tried again later
     */
    boolean step(int most, Whose whose) {
        List<UUID> taken = new ArrayList<>();
        try {
            return Boolean.TRUE.equals(transactions.execute(status -> {
                List<Due> due = outbox.take(limits.contactWithin(), most, whose);
                due.forEach(found -> taken.add(found.subscription().id()));
                List<Outgoing> outgoing = due.stream()
                        .flatMap(found -> notification(found).stream())
                        .toList();
                outbox.number(numbers(outgoing));
                outgoing.forEach(this::record);
                sender.send(outgoing, channel).forEach(this::settle);
                return !due.isEmpty();
            }));
        } catch (RuntimeException e) {
            if (taken.size() == 1) {
                transactions.executeWithoutResult(
                        status -> outbox.failed(taken.get(0), "The server could not work on it and tries again."));
            }
            throw new StepFailedException(e);
        }
    }

    private Optional<Outgoing> notification(Due due) {
        StoredSubscription subscription = due.subscription();
        if (due.ended()) {
            outbox.off(subscription.id(), "Its end has come.");
        } else if (due.silent()) {
            outbox.off(subscription.id(), "Its client has not shown a token for " + limits.contactWithin() + ".");
        } else if (refusal(subscription).orElse(null) instanceof Decision.Deny deny) {
            audit.refused(subscription, deny);
            failed(due, deny.code().code() + ": " + deny.reason() + ".");
        } else {
            return subscription.state() == State.REQUESTED
                    ? Optional.of(Outgoing.of(due, Kind.HANDSHAKE))
                    : preparation.of(due);
        }
        return Optional.empty();
    }

    /** What concerns no record: the client's registration and Organization, its kind and scopes, the way that it goes. */
    private Optional<Decision> refusal(StoredSubscription subscription) {
        return List.of(
                        disclosure.decideRecipient(subscription.caller()),
                        disclosure.decideType(
                                subscription.caller(),
                                subscription.order().criteria().resourceType()),
                        channel.decide(subscription))
                .stream()
                .filter(Decision.Deny.class::isInstance)
                .findFirst();
    }

    private static Map<Long, Long> numbers(List<Outgoing> all) {
        Map<Long, Long> numbers = new LinkedHashMap<>();
        for (Outgoing each : all) {
            for (int i = 0; i < each.told().size(); i++) {
                long event = each.permitted().get(i).event().event();
                if (each.given().contains(event)) {
                    numbers.put(event, each.told().get(i).number());
                }
            }
        }
        return numbers;
    }

    private void record(Outgoing outgoing) {
        for (Permitted each : outgoing.permitted()) {
            audit.told(outgoing.due().subscription(), each.event(), each.facts(), each.permit());
        }
    }

    private void settle(Sent sent) {
        Outgoing notification = sent.notification();
        StoredSubscription subscription = notification.due().subscription();
        if (sent.problem() != null) {
            failed(notification.due(), sent.problem());
        } else {
            outbox.delivered(
                    subscription.id(), notification.last(), subscription.order().heartbeat());
            outbox.told(notification.events());
            notification.told().forEach(each -> meters.told(Duration.between(each.occurred(), clock.instant())));
        }
        if (sent.outcome() == Outcome.NOT_AT_ALL) {
            outbox.unnumber(notification.given());
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
