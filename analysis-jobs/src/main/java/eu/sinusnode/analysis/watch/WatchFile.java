package eu.sinusnode.analysis.watch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The watch's state and its weeks, in files. A state that cannot be read stops who asks: a shadow must not be forgotten. */
public final class WatchFile {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path state;
    private final Path weeks;

    /** @param directory made when it is not there */
    public WatchFile(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.state = directory.resolve("model-watch.json");
        this.weeks = directory.resolve("model-watch.ndjson");
    }

    /** @throws IOException when it is there and cannot be read */
    public WatchState load() throws IOException {
        if (!Files.exists(state)) {
            return WatchState.EMPTY;
        }
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(state));
            if (read instanceof ObjectNode earlier) {
                complete(earlier);
            }
            return JSON.treeToValue(read, WatchState.class);
        } catch (IOException e) {
            throw new IOException(
                    state + " cannot be read: which models are in the shadow is not known; restore the file", e);
        }
    }

    /** What earlier releases did not know: of models that begin in the shadow nobody has taken one out. */
    private static void complete(ObjectNode earlier) {
        if (!earlier.has("released")) {
            earlier.putArray("released");
        }
        if (!earlier.has("lifts")) {
            earlier.putArray("lifts");
            earlier.putNull("watched");
            earlier.putArray("untold");
        }
    }

    /** Replaced as a whole. */
    public void save(WatchState saved) throws IOException {
        Path next = state.resolveSibling(state.getFileName() + ".next");
        Files.write(next, JSON.writeValueAsBytes(saved));
        Files.move(next, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A line of JSON each, behind those of earlier weeks. */
    public void append(List<ModelWeek> concluded) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ModelWeek week : concluded) {
            lines.append(JSON.writeValueAsString(week)).append('\n');
        }
        Files.writeString(weeks, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
