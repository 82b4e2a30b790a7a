package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record in a JSON file that is replaced as a whole: a reader sees the old one or the new one, also after a crash. */
final class StateFile<T> {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    /** A file of an earlier release lacks what has come to the record since: it cannot be read. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path file;
    private final Class<T> type;

    /** @param directory made when it is not there */
    StateFile(Path directory, String name, Class<T> type) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve(name);
        this.type = type;
    }

    /** Empty when there is no file or it cannot be read. */
    Optional<T> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be read and is left aside: what it held begins anew", file);
            return Optional.empty();
        }
    }

    void save(T state) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(state));
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
