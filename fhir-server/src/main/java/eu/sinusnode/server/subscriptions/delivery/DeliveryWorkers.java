package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.server.configuration.SubscriptionProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.residency.EndpointRegistry;
import eu.sinusnode.server.subscriptions.HeaderSeal;
import eu.sinusnode.server.subscriptions.Notifications;
import eu.sinusnode.server.subscriptions.delivery.Outbox.Bound;
import eu.sinusnode.server.subscriptions.delivery.Outbox.Endpoints;
import eu.sinusnode.server.subscriptions.sockets.Sockets;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Threads that empty the outbox, each some Subscriptions at a time; those of other nodes do the same beside them. */
public final class DeliveryWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorkers.class);

    /** Subscriptions that are decided on, sent to and settled together. */
    private static final int AT_ONCE = 16;

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(15);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Delivery hooks;
    private final Delivery sockets;
    private final Sockets open;
    private final OutboundHttp http;
    private final SlowEndpoints slow = new SlowEndpoints();
    private final Sender sender = new Sender();
    private final int workers;
    private final SubscriptionProperties limits;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    public DeliveryWorkers(
            DataSource dataSource,
            HeaderSeal seal,
            EventDisclosure disclosure,
            EndpointRegistry endpoints,
            OutboundHttp http,
            Duration patience,
            Sockets open,
            Notifications notifications,
            AuditTrail audit,
            MeterRegistry meters,
            SubscriptionProperties limits,
            Clock clock) {
        // By a name of its own, so that the numbers, and the storage that is asked for records, are outside of it.
        DataSource ofDelivery = new DelegatingDataSource(dataSource);
        RunningTransaction transaction = new RunningTransaction(ofDelivery);
        this.outbox = new Outbox(transaction, dataSource, seal);
        this.http = http;
        this.workers = limits.workers();
        this.limits = limits;
        this.open = open;
        DeliveryMeters counted = new DeliveryMeters(meters);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(ofDelivery));
        Preparation preparation = new Preparation(transaction, outbox, disclosure, counted, clock);
        AuditedTelling audited = new AuditedTelling(audit);
        Function<Channel, Delivery> over = channel -> new Delivery(
                transactions, outbox, disclosure, preparation, channel, sender, audited, counted, limits, clock);
        this.hooks = over.apply(new RestHook(http, endpoints, notifications, slow));
        this.sockets = over.apply(new BoundSocket(open, notifications, patience));
    }

    public DeliveryWorkers start() {
        for (int i = 0; i < workers; i++) {
            boolean sweeps = i == 0;
            // Of several, half leave those who lately answered slowly to the others.
            boolean hurries = i < workers / 2;
            boolean writes = i == workers - 1;
            Thread thread = new Thread(() -> run(sweeps, hurries, writes), "notifications-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    private void run(boolean sweeps, boolean hurries, boolean writes) {
        long swept = System.nanoTime();
        int carefully = 0;
        while (!closing) {
            try {
                if (sweeps && System.nanoTime() - swept > BETWEEN_SWEEPS.toNanos()) {
                    swept = System.nanoTime();
                    outbox.sweep(limits.toldKeptFor());
                    outbox.giveUpUnbound(limits.contactWithin());
                }
                int most = carefully > 0 ? 1 : AT_ONCE;
                boolean some = step(most, hurries);
                some |= writes && write(most);
                carefully = Math.max(0, carefully - 1);
                if (!some) {
                    Thread.sleep(PAUSE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!closing) {
                    LOG.error("A notification could not be worked on: {}", FaultOrigin.of(e));
                    // One by one, whatever it was stands aside by itself.
                    carefully = AT_ONCE;
                    pauseAfterFault();
                }
            }
        }
    }

    /** Who lately answered slowly is never sent to together with others, who would wait for the answer. */
    private boolean step(int most, boolean hurries) {
        Set<URI> waited = slow.now();
        boolean some = !hurries && !waited.isEmpty() && hooks.step(most, new Endpoints(waited, true));
        return hooks.step(most, new Endpoints(waited, false)) || some;
    }

    /** To the websockets of this node. */
    private boolean write(int most) {
        Set<UUID> bound = open.bound();
        return !bound.isEmpty() && sockets.step(most, new Bound(bound));
    }

    private static void pauseAfterFault() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is under way is sent, as far as the workers together need no longer for it; the rest is in the outbox. */
    @Override
    public void close() throws InterruptedException, IOException {
        closing = true;
        long until = System.nanoTime() + LAST_WORDS.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()))
                    .toMillis());
        }
        sender.close();
        http.close();
    }
}
