package eu.sinusnode.server.export.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.audit.crypto.AesGcm.UnreadableException;
import eu.sinusnode.server.keys.PurposeKeys;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFileTest {

    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID BERTA = new UUID(1, 2);
    private static final byte[] GROUNDS = {1, 2, 3};

    @TempDir
    Path home;

    private final UUID job = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private ExportDirectory directory;

    @BeforeEach
    void open() throws IOException {
        Path own = Files.createDirectory(
                home.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        directory = ExportDirectory.open(own, PurposeKeys.open(own, Clock.systemUTC()));
        directory.prepare(job);
    }

    @Test
    void linesOfOnePatientShareAFrameAndAnothersBeginTheNext() throws IOException {
        StoredFile file = written(List.of(ANNA), "a1", List.of(ANNA), "a2", List.of(BERTA), "b", List.of(), "nobody");

        assertThat(read(file)).containsExactly("[" + ANNA + "] 2 a1\na2\n", "[" + BERTA + "] 1 b\n", "[] 1 nobody\n");
        assertThat(file.records()).isEqualTo(4);
    }

    @Test
    void linesOfAnotherTypeBeginAFrame() throws IOException {
        StoredFile file;
        try (SealedFileWriter writer = directory.create(job, "Patient", false)) {
            writer.write("Patient", List.of(ANNA), GROUNDS, bytes("a"));
            writer.write("Observation", List.of(ANNA), GROUNDS, bytes("o1"));
            writer.write("Observation", List.of(ANNA), GROUNDS, bytes("o2"));
            file = writer.force();
        }

        List<String> types = new ArrayList<>();
        try (SealedFileReader reader = directory.read(job, file)) {
            while (reader.hasNext()) {
                Frame frame = reader.next();
                types.add(frame.type() + " " + frame.records());
                reader.skip();
            }
        }
        assertThat(types).containsExactly("Patient 1", "Observation 2");
    }

    /** As an earlier version wrote it, whose files are fetched for a day yet. */
    @Test
    void aHeadWithoutATypeIsOfItsFilesType() {
        byte[] head = new Frame("", List.of(ANNA, BERTA), GROUNDS, 7).encode();

        Frame frame = Frame.decode(head, "Condition");

        assertThat(frame.type()).isEqualTo("Condition");
        assertThat(frame.owners()).containsExactly(ANNA, BERTA);
        assertThat(frame.grounds()).isEqualTo(GROUNDS);
        assertThat(frame.records()).isEqualTo(7);
        assertThat(Frame.decode(new Frame("Observation", List.of(), GROUNDS, 1).encode(), "Patient")
                        .type())
                .isEqualTo("Observation");
    }

    @Test
    void aLargePatientHasSeveralFrames() throws IOException {
        String line = "x".repeat(100_000);
        StoredFile file = written(List.of(ANNA), line, List.of(ANNA), line, List.of(ANNA), line, List.of(ANNA), line);

        assertThat(file.frames()).isEqualTo(2);
        assertThat(String.join("", read(file))).contains(line);
    }

    @Test
    void nothingOfItIsReadableOnTheDiskAndByNobodyElse() throws IOException {
        StoredFile file = written(List.of(ANNA), "Helga Brandt");

        Path path = path(file);
        assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
                .doesNotContain("Helga");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatWasNotWrittenDownAsDoneIsNotRead() throws IOException {
        StoredFile half;
        try (SealedFileWriter writer = directory.create(job, "Patient", false)) {
            writer.write("Patient", List.of(ANNA), GROUNDS, bytes("a"));
            half = writer.force();
            writer.write("Patient", List.of(BERTA), GROUNDS, bytes("b"));
            writer.force();
        }
        assertThat(read(half)).containsExactly("[" + ANNA + "] 1 a\n");
    }

    @Test
    void aChangedACutAndAnotherFileAreRefused() throws IOException {
        StoredFile file = written(List.of(ANNA), "a", List.of(BERTA), "b");
        StoredFile other = written(List.of(ANNA), "c", List.of(BERTA), "d");
        Files.copy(path(other), path(file), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> read(file)).isInstanceOf(UnreadableException.class);

        try (RandomAccessFile bytes = new RandomAccessFile(path(other).toFile(), "rw")) {
            bytes.seek(bytes.length() - 1);
            int last = bytes.read();
            bytes.seek(bytes.length() - 1);
            bytes.write(last + 1);
        }
        assertThatThrownBy(() -> read(other)).isInstanceOf(UnreadableException.class);

        StoredFile cut = written(List.of(ANNA), "a");
        try (RandomAccessFile bytes = new RandomAccessFile(path(cut).toFile(), "rw")) {
            bytes.setLength(bytes.length() - 1);
        }
        assertThat(directory.holds(job, List.of(cut))).isFalse();
        assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }

    @Test
    void aRemovedExportLeavesNothingAndTakesNothing() throws IOException {
        written(List.of(ANNA), "a");
        assertThat(directory.jobs()).containsExactly(job);

        directory.remove(job);
        directory.remove(job);

        assertThat(directory.jobs()).isEmpty();
        assertThatThrownBy(() -> directory.create(job, "Patient", false).close())
                .isInstanceOf(IOException.class);
    }

    /** @param ownersAndLines an owner list and a line, in turn */
    @SuppressWarnings("unchecked")
    private StoredFile written(Object... ownersAndLines) throws IOException {
        try (SealedFileWriter writer = directory.create(job, "Patient", false)) {
            for (int i = 0; i < ownersAndLines.length; i += 2) {
                writer.write("Patient", (List<UUID>) ownersAndLines[i], GROUNDS, bytes((String) ownersAndLines[i + 1]));
            }
            return writer.force();
        }
    }

    private List<String> read(StoredFile file) throws IOException {
        List<String> frames = new ArrayList<>();
        try (SealedFileReader reader = directory.read(job, file)) {
            while (reader.hasNext()) {
                Frame frame = reader.next();
                frames.add(frame.owners() + " " + frame.records() + " "
                        + new String(reader.lines(), StandardCharsets.UTF_8));
            }
        }
        return frames;
    }

    private Path path(StoredFile file) {
        return home.resolve("own/exports")
                .resolve(job.toString())
                .resolve(file.file().toString());
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
