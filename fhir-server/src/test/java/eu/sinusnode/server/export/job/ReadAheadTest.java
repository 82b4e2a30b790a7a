package eu.sinusnode.server.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records come in order and patient by patient, and neither side waits for one that has ended. */
@Timeout(60)
class ReadAheadTest {

    private static final int PATIENTS = 50;

    @Test
    void eachPatientGetsItsRecordsAndDeletionsInOrder() throws IOException, SQLException {
        try (ReadAhead ahead = new ReadAhead(patients -> {
            for (int patient = 0; patient < PATIENTS; patient++) {
                for (int i = 0; i < patient * 20; i++) {
                    patients.record(record(patient + "-" + i, 900));
                }
                patients.deletion("Observation", "gone-" + patient);
                patients.end();
            }
        })) {
            for (int patient = 0; patient < PATIENTS; patient++) {
                List<String> ids = new ArrayList<>();
                List<String> gone = new ArrayList<>();
                ahead.next(record -> ids.add(record.id()), (type, id) -> gone.add(type + "/" + id));

                int of = patient;
                assertThat(ids)
                        .containsExactlyElementsOf(IntStream.range(0, patient * 20)
                                .mapToObj(i -> of + "-" + i)
                                .toList());
                assertThat(gone).containsExactly("Observation/gone-" + patient);
            }
        }
    }

    @Test
    void whatBreaksTheReadingOffBreaksTheTakingOff() {
        for (Exception failure : List.of(
                new SQLException("no connection"), new IOException("no disk"), new IllegalStateException("no sense"))) {
            assertThatThrownBy(() -> {
                        try (ReadAhead ahead = new ReadAhead(patients -> {
                            patients.record(record("first", 10));
                            patients.end();
                            rethrow(failure);
                        })) {
                            ahead.next(record -> {}, (type, id) -> {});
                            ahead.next(record -> {}, (type, id) -> {});
                        }
                    })
                    .isSameAs(failure);
        }
    }

    /** Sixteen times as much as may wait: the reading stands still before it has come to the end, and ends when it is closed. */
    @Test
    void itDoesNotReadFartherThanThereIsRoom() throws IOException, SQLException, InterruptedException {
        AtomicInteger read = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        try (ReadAhead ahead = new ReadAhead(patients -> {
            try {
                for (int i = 0; i < 2_000; i++) {
                    patients.record(record("long-" + i, 64 << 10));
                    read.incrementAndGet();
                }
                patients.end();
            } finally {
                ended.countDown();
            }
        })) {
            assertThatThrownBy(() -> ahead.next(
                            record -> {
                                throw new IOException("cancelled");
                            },
                            (type, id) -> {}))
                    .hasMessage("cancelled");
        }
        ended.await();
        assertThat(read).hasValueLessThan(300);
    }

    /** Longer than all that may wait. */
    @Test
    void aVeryLongRecordComesTooAndAlone() throws IOException, SQLException {
        try (ReadAhead ahead = new ReadAhead(patients -> {
            for (int i = 0; i < 3; i++) {
                patients.record(record("long", 20 << 20));
            }
            patients.end();
        })) {
            List<String> ids = new ArrayList<>();
            ahead.next(record -> ids.add(record.id()), (type, id) -> {});

            assertThat(ids).hasSize(3);
        }
    }

    private static void rethrow(Exception failure) throws IOException, SQLException {
        if (failure instanceof SQLException broken) {
            throw broken;
        } else if (failure instanceof IOException broken) {
            throw broken;
        }
        throw (RuntimeException) failure;
    }

    private static StoredRecord record(String id, int length) {
        return new StoredRecord("Observation", id, 1, new Date(0), "x".repeat(length), null);
    }
}
