package eu.sinusnode.server.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private final FixedKeys keys = new FixedKeys();

    @TempDir
    Path directory;

    @Test
    void whatIsAppendedIsReadInOrderAndNotInClearOnTheDisk() throws Exception {
        Journal journal = open();
        append(journal, "patient clara", "second");

        assertThat(readAll(journal)).containsExactly("patient clara", "second");
        for (Path file : segments()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("clara");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatWasNotDoneComesAgainAndWhatWasDoneIsRemovedWithItsSegment() throws Exception {
        Journal first = open();
        append(first, "a", "b");
        first.close();
        Journal second = open();
        append(second, "c");
        JournalReader reader = new JournalReader(second);

        assertThat(texts(reader.next(10))).containsExactly("a", "b");
        assertThat(texts(reader.next(10))).containsExactly("a", "b");
        reader.done();
        assertThat(texts(reader.next(10))).containsExactly("c");
        reader.done();
        assertThat(reader.next(10)).isEmpty();
        assertThat(reader.position()).isEqualTo(second.end());
        assertThat(segments()).hasSize(1);
    }

    @Test
    void aTornLastFrameIsTheEndAndNothingIsSetAside() throws Exception {
        Journal journal = open();
        append(journal, "whole", "torn");
        journal.close();
        Path file = segments().get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }
        Journal next = open();
        append(next, "after");

        assertThat(readAll(next)).containsExactly("whole", "after");
        assertThat(new JournalReader(next).damagedSegments()).isZero();
    }

    @Test
    void aChangedFrameIsLeftOutAndItsFileKept() throws Exception {
        Journal journal = open();
        append(journal, "first", "second", "third");
        journal.close();
        Path file = segments().get(0);
        byte[] bytes = Files.readAllBytes(file);
        // A bit in the middle of the second of three frames of 25, 26 and 25 bytes.
        bytes[bytes.length - 25 - 13] ^= 1;
        Files.write(file, bytes);
        Journal next = open();

        assertThat(readAll(next)).containsExactly("first", "third");
        assertThat(new JournalReader(next).damagedSegments()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsToldToTheCallerAndRoomIsUsedAgain() throws Exception {
        boolean[] full = {false};
        SegmentDirectory segments = new SegmentDirectory(directory);
        Journal journal = Journal.open(
                segments,
                number -> full[0]
                        ? FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)
                        : segments.create(number),
                keys);
        append(journal, "before");
        journal.close();
        full[0] = true;
        Journal onFullDisk = Journal.open(
                segments,
                number -> full[0]
                        ? FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)
                        : segments.create(number),
                keys);

        assertThatThrownBy(() -> append(onFullDisk, "lost"))
                .isInstanceOf(JournalException.class)
                .hasRootCauseInstanceOf(IOException.class);
        full[0] = false;
        append(onFullDisk, "again");

        assertThat(readAll(onFullDisk)).containsExactly("before", "again");
    }

    @Test
    void aMissingKeyIsAFailureAndNotASuccess() {
        Journal journal = Journal.open(directory, new eu.sinusnode.server.audit.crypto.AuditKeys() {
            @Override
            public eu.sinusnode.server.audit.crypto.AuditKey current() {
                throw new IllegalStateException("no key");
            }

            @Override
            public java.util.Optional<eu.sinusnode.server.audit.crypto.AuditKey> find(String kid) {
                return java.util.Optional.empty();
            }
        });

        assertThatThrownBy(() -> append(journal, "x")).isInstanceOf(JournalException.class);
    }

    @Test
    void aRotatedKeyBeginsASegmentAndBothAreRead() throws Exception {
        Journal journal = open();
        append(journal, "old key");
        keys.rotate();
        append(journal, "new key");

        assertThat(segments()).hasSize(2);
        assertThat(readAll(journal)).containsExactly("old key", "new key");
    }

    @Test
    void manyCallersAtOnceAreAllRecordedOnce() throws Exception {
        Journal journal = open();
        JournalFlusher flusher = new JournalFlusher(journal, java.time.Duration.ZERO).start();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String text = "entry " + i;
            expected.add(text);
            callers.submit(() -> append(journal, text));
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        flusher.close();

        assertThat(readAll(journal)).hasSize(5000).containsAll(expected);
        journal.force();
        assertThat(journal.forced()).isEqualTo(journal.end());
    }

    @Test
    void killMinusNineLosesNothingThatWasAcknowledged() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalWriterProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged.size() < 20_000) {
                acknowledged.add(lines.readLine());
            }
            // Unlike the process itself, its handle leaves the stream open.
            process.toHandle().destroyForcibly();
            // What it said before it died, but for a last line that may be cut.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(line);
            }
        }
        assertThat(process.waitFor()).as("killed by signal 9").isEqualTo(137);
        acknowledged.remove(acknowledged.size() - 1);

        assertThat(new HashSet<>(readAll(open()))).containsAll(acknowledged);
    }

    private Journal open() {
        return Journal.open(directory, keys);
    }

    private static void append(Journal journal, String... texts) {
        for (String text : texts) {
            journal.append(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> readAll(Journal journal) throws IOException {
        List<String> all = new ArrayList<>();
        try (JournalReader reader = new JournalReader(journal)) {
            for (List<byte[]> some = reader.next(100); !some.isEmpty(); some = reader.next(100)) {
                all.addAll(texts(some));
                reader.done();
            }
        }
        return all;
    }

    private static List<String> texts(List<byte[]> payloads) {
        return payloads.stream()
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .toList();
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
