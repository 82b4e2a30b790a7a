package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The server and PostgreSQL are killed in turns while clients write without a pause. What was acknowledged is read,
 * searched, found by its words and in the fast lane; what was not is there as a whole or not at all. How often:
 * {@code sinusnode.kills}; when, and what is written: {@code sinusnode.kills.seed}.
 */
class AcknowledgedWritesIT {

    private static final int KILLS = Integer.getInteger("sinusnode.kills", 2);
    private static final long SEED = Long.getLong("sinusnode.kills.seed", 1);
    private static final int WRITERS = 4;
    private static final int FEWEST_WRITES = 30;
    private static final int MOST_WRITES = 150;
    private static final int LATEST_KILL_MILLIS = 500;
    private static final Path FIGURES = Path.of("target", "kills.csv");

    private static final KillableServer SERVER = new KillableServer();
    private static List<Ledger> ledgers;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
        ledgers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Ledger("killed" + number))
                .toList();
        SERVER.load(Records.directory());
        for (Ledger ledger : ledgers) {
            SERVER.load(Records.transaction(
                    Records.patient(ledger.patient()), Records.cuff(ledger.cuff(), ledger.patient())));
        }
        Files.writeString(FIGURES, "kill,of,acknowledged writes,of records,there without an answer,seconds\n");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void whatWasAcknowledgedOutlivesEveryKill() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            boolean ofPostgres = (kill + SEED) % 2 == 1;
            long began = System.nanoTime();
            AtomicInteger acknowledged = new AtomicInteger();
            int records = writeUntilKilled(ofPostgres, acknowledged);
            int unanswered = 0;
            for (Ledger ledger : ledgers) {
                Inspection inspection = new Inspection(SERVER, ledger);
                unanswered += inspection.settle();
                inspection.demand(ledger.takeTouched(), ledger.takeOldWords());
            }
            Files.writeString(
                    FIGURES,
                    String.join(
                                    ",",
                                    Integer.toString(kill),
                                    ofPostgres ? "PostgreSQL" : "server",
                                    acknowledged.toString(),
                                    Integer.toString(records),
                                    Integer.toString(unanswered),
                                    Long.toString(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)))
                            + "\n",
                    StandardOpenOption.APPEND);
        }
        for (Ledger ledger : ledgers) {
            new Inspection(SERVER, ledger).demand(ledger.records(), ledger.oldWords());
        }
    }

    /** The writers go on until they are told that something failed, or until what was killed runs again. */
    private int writeUntilKilled(boolean ofPostgres, AtomicInteger acknowledged) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (Ledger ledger : ledgers) {
                running.add(writers.submit(
                        new Writer(SERVER, ledger, new Random(random.nextLong()), acknowledged, enough)));
            }
            int writes = random.nextInt(FEWEST_WRITES, MOST_WRITES);
            while (acknowledged.get() < writes && running.stream().noneMatch(Future::isDone)) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(LATEST_KILL_MILLIS));
            assertThat(running).as("all write when the kill comes").noneMatch(Future::isDone);
            if (ofPostgres) {
                SERVER.killPostgres();
                SERVER.startPostgres();
                SERVER.awaitReady();
            } else {
                SERVER.killServer();
                SERVER.startServer();
            }
            enough.set(true);
            int records = 0;
            for (Future<Integer> each : running) {
                records += each.get(3, TimeUnit.MINUTES);
            }
            return records;
        } finally {
            enough.set(true);
            writers.shutdown();
        }
    }
}
