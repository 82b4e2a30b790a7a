package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.chain.ChainAnchor;
import eu.sinusnode.server.audit.chain.ChainDay;
import eu.sinusnode.server.audit.chain.ChainTable;
import eu.sinusnode.server.audit.chain.EventRow;
import eu.sinusnode.server.audit.crypto.AuditKey;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds AuditEvents to the chain, a batch a transaction; an event that is there already is left out. Servers that share a
 * database take turns by a lock in it. After each batch the chain's new end goes to the {@link ChainAnchor}.
 */
public final class AuditStore {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    /** Events wait in a journal, and Keycloak keeps its own for a week: an event may come late, but not later. */
    private static final int DAYS_LATE = 31;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final ChainTable chain;
    private final SubjectTable subjects;
    private final StoredPersons stored;
    private final ErasedPersons erased;
    private final AuditKeys keys;
    private final ChainAnchor anchor;
    private final Clock clock;

    /** @param audit connections that are used for the audit alone and whose commits are on the disk */
    public AuditStore(
            DataSource audit,
            StoredPersons stored,
            ErasedPersons erased,
            AuditKeys keys,
            ChainAnchor anchor,
            Clock clock) {
        this.jdbc = new JdbcTemplate(audit);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(audit));
        this.chain = new ChainTable(audit);
        this.subjects = new SubjectTable(audit, keys);
        this.stored = stored;
        this.erased = erased;
        this.keys = keys;
        this.anchor = anchor;
        this.clock = clock;
    }

    /**
     * All of them or none.
     *
     * @return how many were new
     * @throws org.springframework.dao.DataAccessException when none is stored
     */
    public synchronized int append(List<Recordable> events) {
        return append(events, () -> {});
    }

    /** @param also what must happen in the same transaction, before the events are added */
    public synchronized int append(List<Recordable> events, Runnable also) {
        List<ChainDay> ends = new ArrayList<>();
        Integer added = transactions.execute(status -> {
            chain.lock();
            also.run();
            List<Recordable> fresh = fresh(events);
            if (!fresh.isEmpty()) {
                ends.add(extend(fresh));
            }
            return fresh.size();
        });
        // Only what is committed may be held against the database.
        ends.forEach(this::remember);
        return added == null ? 0 : added;
    }

    private void remember(ChainDay end) {
        try {
            anchor.write(end);
        } catch (IOException e) {
            throw new UncheckedIOException("The audit's anchor cannot be written.", e);
        }
    }

    private List<Recordable> fresh(List<Recordable> events) {
        Map<UUID, Recordable> byId = new LinkedHashMap<>();
        Instant oldest = clock.instant();
        for (Recordable event : events) {
            byId.putIfAbsent(UUID.fromString(event.event().getIdElement().getIdPart()), event);
            Instant recorded = event.event().getRecorded().toInstant();
            oldest = recorded.isBefore(oldest) ? recorded : oldest;
        }
        known(byId.keySet(), oldest).forEach(byId::remove);
        return List.copyOf(byId.values());
    }

    private Set<UUID> known(Collection<UUID> ids, Instant oldest) {
        Set<UUID> known = new HashSet<>();
        jdbc.query(
                connection -> {
                    var select = connection.prepareStatement(
                            "SELECT id FROM sinusnode.audit_event WHERE id = ANY(?) AND day >= ?");
                    select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                    select.setObject(2, utcDay(oldest).minusDays(DAYS_LATE));
                    return select;
                },
                row -> {
                    known.add(row.getObject(1, UUID.class));
                });
        return known;
    }

    private ChainDay extend(List<Recordable> events) {
        Set<String> persons = new HashSet<>();
        events.forEach(event -> persons.addAll(EventSealer.persons(event)));
        persons.addAll(there(events));
        Map<String, Subject> known = subjects(persons);
        ChainDay day = today();
        List<EventInsert.Chained> rows = new ArrayList<>();
        long position = day.events();
        byte[] head = day.head();
        for (Recordable event : events) {
            position++;
            EventRow row = EventSealer.row(event, known);
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            byte[] commitment = row.commitment(salt, day.day(), position);
            head = ChainDay.link(head, commitment);
            rows.add(new EventInsert.Chained(day.day(), position, row, salt, commitment, head));
        }
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            EventInsert.all(connection, rows);
            return null;
        });
        ChainDay grown = day.grown(position, head, keys.current());
        chain.put(grown);
        return grown;
    }

    /** What still comes in of somebody who was erased is sealed with a key that nobody keeps. */
    private Map<String, Subject> subjects(Set<String> persons) {
        Set<String> gone = erased.among(persons);
        Set<String> others = new TreeSet<>(persons);
        others.removeAll(gone);
        Map<String, Subject> subjectOf = new HashMap<>(subjects.obtain(others));
        gone.forEach(person -> subjectOf.put(person, Subject.ofNobody()));
        return subjectOf;
    }

    /** Of those whom refused requests named. */
    private Set<String> there(List<Recordable> events) {
        Set<String> guessed = new TreeSet<>();
        events.forEach(event -> EventSealer.guessed(event).ifPresent(guessed::add));
        Set<String> there = subjects.known(guessed);
        guessed.removeAll(there);
        there.addAll(stored.among(guessed));
        there.addAll(erased.among(guessed));
        return there;
    }

    /** The day to add to: the clock's, or the newest one there is when the clock is behind it. */
    private ChainDay today() {
        AuditKey key = keys.current();
        LocalDate now = utcDay(clock.instant());
        Optional<ChainDay> newest = chain.newest();
        checkAnchor(newest.orElse(null));
        if (newest.isPresent()
                && !now.isAfter(newest.get().day())
                && newest.get().dropped() == null) {
            return newest.get();
        }
        newest.ifPresent(open -> {
            if (!open.closed()) {
                chain.put(open.close(key));
            }
        });
        ChainDay fresh = newest.map(before -> before.next(
                        now.isAfter(before.day()) ? now : before.day().plusDays(1), key))
                .orElseGet(() -> ChainDay.first(now, key));
        jdbc.query("SELECT sinusnode.create_audit_partition(?)", row -> {}, fresh.day());
        chain.put(fresh);
        return fresh;
    }

    /** A chain that was cut or changed must not be sealed anew as if nothing had been. */
    private void checkAnchor(@Nullable ChainDay newest) {
        try {
            Optional<ChainAnchor.Place> known = anchor.read();
            if (known.isPresent() && !ChainAnchor.holds(known.get(), chain)) {
                anchor.breach(
                        clock.instant(),
                        "it does not go through " + known.get().day() + ", event "
                                + known.get().events() + ", any more");
            } else if (newest != null && !newest.sealHolds(keys)) {
                anchor.breach(clock.instant(), "the seal of " + newest.day() + " does not hold");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The audit's anchor cannot be read or written.", e);
        }
    }

    private static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
