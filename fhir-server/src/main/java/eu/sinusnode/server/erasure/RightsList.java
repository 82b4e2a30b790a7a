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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * {@code $SINUSNODE_HOME/rights/erasures}: who was erased, a line each, kept apart from the database, since a backup of that
 * holds whoever was erased after it was taken. A line has a mark and no id, and is on the disk when the erasure is answered.
 */
final class RightsList {

    private static final String FILE = "erasures";

    private final Path file;

    private RightsList(Path file) {
        this.file = file;
    }

    /** @param home SINUSNODE_HOME; nodes that share a database share this folder */
    static RightsList open(Path home) {
        Path directory = home.resolve("rights");
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.demandPrivate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of erasures cannot be made.", e);
        }
        return new RightsList(directory.resolve(FILE));
    }

    /** Returns when it is on the disk. A line that a crash cut off before is closed first. */
    synchronized void erased(ErasureMarks.Mark mark, Instant at) {
        String line = at + " " + mark.kid() + " " + HexFormat.of().formatHex(mark.value()) + "\n";
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock alone = channel.lock()) {
            channel.position(alone.channel().size());
            ByteBuffer bytes =
                    ByteBuffer.wrap((isCutOff(channel) ? "\n" + line : line).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("An erasure cannot be written down.", e);
        }
        forceFolder();
    }

    /** The marks of all, in hexadecimal. */
    Set<String> marks() {
        Set<String> marks = new HashSet<>();
        try {
            for (String line :
                    Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : Set.<String>of()) {
                String[] parts = line.split(" ");
                if (parts.length == 3) {
                    marks.add(parts[2]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The list of erasures cannot be read.", e);
        }
        return marks;
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
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("An erasure cannot be written down.", e);
        }
    }
}
