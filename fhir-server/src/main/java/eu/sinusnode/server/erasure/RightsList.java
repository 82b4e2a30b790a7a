package eu.sinusnode.server.erasure;

import eu.sinusnode.server.keys.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code $SINUSNODE_HOME/rights}: who was erased, whose record was restricted and which version of whose Consent was stored, a
 * line each, kept apart from the database, since a backup of that has what was before. A line has marks and no id, and is on
 * the disk when that is answered.
 */
final class RightsList {

    private static final String ERASURES = "erasures";
    private static final String RESTRICTIONS = "restrictions";
    private static final String CONSENTS = "consents";
    private static final String LIFTED = "lifted";

    private final Path directory;

    private RightsList(Path directory) {
        this.directory = directory;
    }

    /** A version of a patient's Consent, by marks in hexadecimal. */
    record ConsentVersion(String patient, String version) {}

    /** A patient's record that was restricted at last, and never since was said to be free again. */
    record Restricted(Instant since, String ground) {}

    /** @param home SINUSNODE_HOME; nodes that share a database share this folder */
    static RightsList open(Path home) {
        Path directory = home.resolve("rights");
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.demandPrivate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of erasures cannot be made.", e);
        }
        return new RightsList(directory);
    }

    /** Returns when it is on the disk. */
    void erased(ErasureMarks.Mark mark, Instant at) {
        append(ERASURES, List.of(at + " " + mark.kid() + " " + hex(mark)));
    }

    /** Returns when it is on the disk. */
    void restricted(Collection<ErasureMarks.Mark> patients, String ground, Instant at) {
        append(
                RESTRICTIONS,
                patients.stream()
                        .map(patient -> at + " " + ground + " " + hex(patient))
                        .toList());
    }

    /** Returns when it is on the disk. */
    void lifted(Collection<ErasureMarks.Mark> patients, Instant at) {
        restricted(patients, LIFTED, at);
    }

    /** Returns when they are on the disk. */
    void stored(Collection<ConsentVersion> versions, Instant at) {
        append(
                CONSENTS,
                versions.stream()
                        .map(version -> at + " " + version.patient() + " " + version.version())
                        .toList());
    }

    /** The marks of all who were erased, in hexadecimal. */
    Set<String> marks() {
        return lines(ERASURES).stream().map(parts -> parts[2]).collect(Collectors.toSet());
    }

    /** By the mark of the patient, in hexadecimal. */
    Map<String, Restricted> restrictions() {
        Map<String, Restricted> last = new HashMap<>();
        lines(RESTRICTIONS).forEach(parts -> last.put(parts[2], new Restricted(Instant.parse(parts[0]), parts[1])));
        last.values().removeIf(restricted -> restricted.ground().equals(LIFTED));
        return last;
    }

    List<ConsentVersion> consents() {
        return lines(CONSENTS).stream()
                .map(parts -> new ConsentVersion(parts[1], parts[2]))
                .toList();
    }

    static String hex(ErasureMarks.Mark mark) {
        return HexFormat.of().formatHex(mark.value());
    }

    /** A line that a crash cut off before is closed first. */
    private synchronized void append(String name, List<String> lines) {
        Path file = directory.resolve(name);
        String text = String.join("\n", lines) + "\n";
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock alone = channel.lock()) {
            channel.position(alone.channel().size());
            ByteBuffer bytes =
                    ByteBuffer.wrap((isCutOff(channel) ? "\n" + text : text).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of rights cannot be written.", e);
        }
        forceFolder();
    }

    /** The three parts of each line; what a crash cut off is none. */
    private List<String[]> lines(String name) {
        Path file = directory.resolve(name);
        try (Stream<String> lines =
                Files.exists(file) ? Files.lines(file, StandardCharsets.UTF_8) : Stream.<String>empty()) {
            return lines.map(line -> line.split(" "))
                    .filter(parts -> parts.length == 3)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The list of rights cannot be read.", e);
        }
    }

    private static boolean isCutOff(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return false;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) != '\n';
    }

    /** The name of the file lasts as its content does. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of rights cannot be written.", e);
        }
    }
}
