package eu.sinusnode.server.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's keys, one a purpose, below {@code $SINUSNODE_HOME/secrets/keys/<purpose>/<kid>.jwk.json}. The youngest of
 * a purpose is the current one; older ones stay for what was made with them. A key that {@link KeyCommand} adds is noticed
 * within {@link #NOTICED_WITHIN}, without a restart. Safe for many threads, and cheap enough to ask for each record.
 */
public final class PurposeKeys {

    /** After this time at the latest a running server uses a new key. */
    public static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(PurposeKeys.class);

    private final Map<KeyPurpose, Shelf> shelves = new EnumMap<>(KeyPurpose.class);

    private PurposeKeys(Path home, Clock clock, LongSupplier nanoTime) {
        Path keys = directory(home);
        try {
            PrivateFiles.createDirectories(keys);
            PrivateFiles.demandPrivate(keys);
            for (KeyPurpose purpose : KeyPurpose.values()) {
                shelves.put(purpose, new Shelf(new KeyDirectory(keys, purpose), clock, nanoTime));
            }
        } catch (IOException e) {
            throw new KeyException("The keys below " + keys + " cannot be read or written.", e);
        }
    }

    /**
     * Reads every key and generates those that are missing.
     *
     * @param home SINUSNODE_HOME
     * @throws KeyException when a key is unreadable, or readable by others than the server's user
     */
    public static PurposeKeys open(Path home, Clock clock) {
        return new PurposeKeys(home, clock, System::nanoTime);
    }

    static PurposeKeys open(Path home, Clock clock, LongSupplier nanoTime) {
        return new PurposeKeys(home, clock, nanoTime);
    }

    /**
     * Makes the purpose's next key, for commands beside the server; there it is noticed within {@link #NOTICED_WITHIN}.
     *
     * @throws KeyException when the folder can be used by others than this process' user
     */
    public static PurposeKey rotate(Path home, KeyPurpose purpose, Clock clock) throws IOException {
        return new KeyDirectory(directory(home), purpose).rotate(clock);
    }

    static Path directory(Path home) {
        return home.resolve("secrets").resolve("keys");
    }

    /** What new things are made with. */
    public PurposeKey current(KeyPurpose purpose) {
        List<PurposeKey> keys = all(purpose);
        return keys.get(keys.size() - 1);
    }

    /** The key that something was made with, however old; empty when there never was one of that name. */
    public Optional<PurposeKey> find(KeyPurpose purpose, String kid) {
        return all(purpose).stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** Every key of the purpose, the oldest first; the last one is current. */
    public List<PurposeKey> all(KeyPurpose purpose) {
        Shelf shelf = shelves.get(purpose);
        if (shelf == null) {
            throw new IllegalStateException("No keys for " + purpose + ".");
        }
        return shelf.keys();
    }

    /** One purpose's keys as last read; looks at the folder again when they are older than {@link #NOTICED_WITHIN}. */
    private static final class Shelf {
        private final KeyDirectory directory;
        private final LongSupplier nanoTime;
        private final AtomicLong lookAgain;
        private volatile List<PurposeKey> keys;
        private volatile long asOf;

        Shelf(KeyDirectory directory, Clock clock, LongSupplier nanoTime) throws IOException {
            this.directory = directory;
            this.nanoTime = nanoTime;
            this.lookAgain = new AtomicLong(nanoTime.getAsLong() + NOTICED_WITHIN.toNanos());
            this.keys = List.copyOf(directory.readOrGenerate(clock));
            // Read again once: a key that came while the first was read would bear the time that is taken here.
            this.asOf = directory.changed();
            this.keys = List.copyOf(directory.read());
        }

        List<PurposeKey> keys() {
            long now = nanoTime.getAsLong();
            long due = lookAgain.get();
            if (now - due >= 0 && lookAgain.compareAndSet(due, now + NOTICED_WITHIN.toNanos())) {
                refresh();
            }
            return keys;
        }

        /** Keys that cannot be read now stay as they were: what was good a moment ago serves on, and it is logged. */
        private void refresh() {
            try {
                long changed = directory.changed();
                if (changed == asOf) {
                    return;
                }
                List<PurposeKey> read = directory.read();
                if (read.isEmpty()) {
                    LOG.error("A folder of keys is empty while the server runs; the keys in memory serve on.");
                    return;
                }
                keys = List.copyOf(read);
                asOf = changed;
            } catch (IOException | KeyException e) {
                LOG.error("Keys cannot be read anew; those in memory serve on: {}", e.getMessage());
            }
        }
    }
}
