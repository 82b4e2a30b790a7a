package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last range that a run has finished, in a file. The file is replaced as a whole, so that a reader sees the old
 * state or the new one, and goes when the run ends.
 */
public final class Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    /** A file of an earlier release lacks what has come to the state since: it cannot be read. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path file;

    /**
     * How far a run has come.
     *
     * @param fhirBase server that it runs against
     * @param asOf the run's instant, ISO 8601
     * @param models what it scores with, as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
     * @param last id of the last patient of the last finished range
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(String fhirBase, String asOf, List<String> models, String last, RunCounts counts) {}

    /** @param directory of the state; made when it is not there */
    public Checkpoint(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("risk-checkpoint.json");
    }

    /** What an unfinished run left; empty when there is none or its file cannot be read. */
    public Optional<State> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), State.class));
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be read and is left aside: the run begins with the first patient", file);
            return Optional.empty();
        }
    }

    public void save(State state) throws IOException {
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

    public void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
