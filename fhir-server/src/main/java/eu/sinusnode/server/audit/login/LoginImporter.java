package eu.sinusnode.server.audit.login;

import eu.sinusnode.policy.audit.AuditSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the realm's events into the audit every few seconds, each at least once; the store leaves out what it has. Each
 * time it looks back some minutes, since Keycloak stores an event a moment after the time that it bears; after a start it
 * looks back as far as Keycloak keeps events. They come the oldest first, and each page is recorded before the next is
 * asked for: a look that fails half-way is taken up where it ended. While Keycloak is away the rest of the server does not
 * mind.
 */
public final class LoginImporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginImporter.class);
    private static final Duration KEPT_BY_KEYCLOAK = Duration.ofDays(7);
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);
    private static final int REMEMBERED = 20_000;

    private final KeycloakSource source;
    private final AuditSink sink;
    private final Clock clock;
    private final Duration pause;
    private final Thread thread;
    private final Set<UUID> seen = new LinkedHashSet<>();
    private final Map<EventKind, Instant> readUpTo = new EnumMap<>(EventKind.class);
    private volatile @Nullable Instant lastSuccess;
    private boolean failing;

    /** Where the events come from. */
    @FunctionalInterface
    interface KeycloakSource {
        /** Gives all events from an instant on, the oldest first, some perhaps twice. */
        void read(EventKind kind, Instant since, Page page) throws IOException;
    }

    /** Takes events in the order of their instants. */
    @FunctionalInterface
    interface Page {
        void take(List<KeycloakEvent> events);
    }

    /** @param pause between two looks */
    LoginImporter(KeycloakSource source, AuditSink sink, Clock clock, Duration pause) {
        this.source = source;
        this.sink = sink;
        this.clock = clock;
        this.pause = pause;
        this.thread = new Thread(this::run, "audit-logins");
        thread.setDaemon(true);
    }

    LoginImporter start() {
        thread.start();
        return this;
    }

    /** When events were last read; null when never. */
    public @Nullable Instant lastSuccess() {
        return lastSuccess;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            importOnce();
            if (failing) {
                LOG.info("Keycloak's events are read again.");
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.warn("Keycloak's events cannot be read now: {}", e.toString());
            }
            failing = true;
        }
    }

    /** @return how many events were new to this process */
    int importOnce() throws IOException {
        Instant now = clock.instant();
        int[] fresh = {0};
        for (EventKind kind : EventKind.values()) {
            Instant upTo = readUpTo.get(kind);
            Instant since = upTo == null ? now.minus(KEPT_BY_KEYCLOAK) : upTo.minus(LOOK_BACK);
            source.read(kind, since, events -> fresh[0] += take(kind, events));
            readUpTo.put(kind, now);
        }
        lastSuccess = now;
        return fresh[0];
    }

    private int take(EventKind kind, List<KeycloakEvent> events) {
        int fresh = 0;
        for (KeycloakEvent event : events) {
            if (!seen.contains(event.id())) {
                sink.record(LoginEntries.of(event));
                remember(event.id());
                fresh++;
            }
            readUpTo.merge(kind, event.time(), (before, time) -> time.isAfter(before) ? time : before);
        }
        return fresh;
    }

    private void remember(UUID id) {
        seen.add(id);
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(6).toMillis());
    }
}
