package eu.sinusnode.server.subscriptions.sockets;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.server.security.LiveTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.socket.CloseStatus;

/**
 * The websockets of this node. Each is looked at once a second: what is not bound in time, whose access token has ended, whose
 * Subscriptions are over or bound elsewhere, and what does not answer, is closed.
 */
public final class Sockets implements AutoCloseable {

    static final CloseStatus NOT_BOUND = CloseStatus.POLICY_VIOLATION.withReason("Nothing was bound in time.");
    static final CloseStatus TOKEN_ENDED = CloseStatus.POLICY_VIOLATION.withReason("The access token has ended.");
    static final CloseStatus OVER = CloseStatus.NORMAL.withReason("Nothing is bound here any more.");
    static final CloseStatus SILENT = CloseStatus.SESSION_NOT_RELIABLE.withReason("Too slow.");

    /** Sockets of one client, for whom it calls, at one node. */
    static final int PER_OWNER = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final Duration BOUND_WITHIN = Duration.ofSeconds(10);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(20);
    private static final Duration SILENT_FOR = Duration.ofSeconds(50);

    private final LiveTokens tokens;
    private final BindingTokens bindingTokens;
    private final Bindings bindings;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<UUID, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Set<Client>> byOwner = new ConcurrentHashMap<>();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService keeper = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "websockets");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Where a Subscription is told.
     *
     * @param token that it hangs on
     */
    private record Place(UUID binding, Client client, Jwt token) {}

    Sockets(LiveTokens tokens, BindingTokens bindingTokens, Bindings bindings) {
        this.tokens = tokens;
        this.bindingTokens = bindingTokens;
        this.bindings = bindings;
    }

    Sockets start() {
        keeper.scheduleWithFixedDelay(() -> carefully(this::look), 1, 1, TimeUnit.SECONDS);
        keeper.scheduleWithFixedDelay(() -> carefully(bindingTokens::sweep), 15, 15, TimeUnit.SECONDS);
        return this;
    }

    int open() {
        return clients.size();
    }

    void came(String session, Client client) {
        clients.put(session, client);
    }

    Optional<Client> find(String session) {
        return Optional.ofNullable(clients.get(session));
    }

    void left(String session) {
        Client client = clients.remove(session);
        if (client != null) {
            client.gone();
            Set.copyOf(client.bindings().keySet()).forEach(binding -> unbind(client, binding));
        }
    }

    /** @return false when the token is not good, or its owner has too many sockets */
    boolean bind(Client client, String token) {
        BindingTokens.Redeemed redeemed = bindingTokens.redeem(token).orElse(null);
        if (redeemed == null) {
            return false;
        }
        Jwt bearer = tokens.accepted(redeemed.bearer(), client.certificate()).orElse(null);
        if (bearer == null) {
            return false;
        }
        List<Bindings.Bound> bound = bindings.bind(redeemed.id(), redeemed.subscriptions());
        client.bind(redeemed.id(), bearer);
        for (Bindings.Bound each : bound) {
            places.put(each.subscription(), new Place(redeemed.id(), client, bearer));
            if (!isOneOfFew(each.owner(), client)) {
                return false;
            }
        }
        if (!client.isOpen()) {
            // It left in between, and nobody looks for it any more.
            Set.copyOf(client.bindings().keySet()).forEach(binding -> unbind(client, binding));
        }
        return true;
    }

    private boolean isOneOfFew(String owner, Client client) {
        Set<Client> all = byOwner.compute(owner, (same, others) -> {
            Set<Client> open = others == null ? new HashSet<>() : new HashSet<>(others);
            open.removeIf(other -> !other.isOpen());
            open.add(client);
            return open;
        });
        return all.size() <= PER_OWNER;
    }

    /** Bindings of this node. */
    public Set<UUID> bound() {
        Set<UUID> bound = new HashSet<>();
        places.values().forEach(place -> bound.add(place.binding()));
        return bound;
    }

    /** Whether the Subscription has a socket here whose access token stands. */
    public boolean mayBeTold(UUID subscription) {
        Place place = places.get(subscription);
        return place != null && tokens.stands(place.token());
    }

    /** What became of a text. */
    public enum Told {
        TAKEN,
        PERHAPS,
        NOT_AT_ALL
    }

    /** Waits for the receipt; a socket that gives none is closed. */
    public Told tell(UUID subscription, String text, Duration patience) {
        Place place = places.get(subscription);
        if (place == null || !place.client().isOpen()) {
            return Told.NOT_AT_ALL;
        }
        try {
            if (place.client().tell(text, patience)) {
                return Told.TAKEN;
            }
        } catch (IOException | IllegalStateException broken) {
            LOG.debug("A websocket broke: {}", broken.getClass().getName());
        }
        place.client().gone();
        keeper.execute(() -> place.client().close(SILENT));
        return Told.PERHAPS;
    }

    private static void carefully(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Websockets could not be looked at: {}", FaultOrigin.of(e));
        }
    }

    private void look() {
        clients.values().forEach(this::lookAt);
        dropLost();
        clients.values().stream()
                .filter(client -> client.wasBound() && client.bindings().isEmpty())
                .forEach(client -> client.close(OVER));
        byOwner.values().removeIf(of -> of.stream().noneMatch(Client::isOpen));
        List<UUID> over = List.copyOf(ended);
        if (!over.isEmpty()) {
            bindings.end(over);
            over.forEach(ended::remove);
        }
    }

    private void dropLost() {
        Map<UUID, Client> here = new HashMap<>();
        clients.values().forEach(client -> client.bindings().keySet().forEach(binding -> here.put(binding, client)));
        if (!here.isEmpty()) {
            here.keySet().removeAll(bindings.still(here.keySet()));
            here.forEach((binding, client) -> unbind(client, binding));
        }
    }

    private void lookAt(Client client) {
        if (!client.wasBound() && client.age() > BOUND_WITHIN.toNanos()) {
            client.close(NOT_BOUND);
        } else if (client.silence() > SILENT_FOR.toNanos()) {
            client.close(SILENT);
        } else if (client.unasked() > ASKED_EVERY.toNanos()) {
            try {
                client.ping();
            } catch (IOException | IllegalStateException broken) {
                client.close(SILENT);
            }
        }
        client.bindings().forEach((binding, token) -> {
            if (!tokens.stands(token)) {
                unbind(client, binding);
                if (client.bindings().isEmpty()) {
                    client.close(TOKEN_ENDED);
                }
            }
        });
    }

    private void unbind(Client client, UUID binding) {
        client.bindings().remove(binding);
        places.values().removeIf(place -> place.binding().equals(binding));
        ended.add(binding);
    }

    /** Tells clients that this node ends; they come again, to whichever is there. */
    void leave() {
        clients.values().forEach(client -> client.close(CloseStatus.GOING_AWAY));
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        leave();
    }
}
