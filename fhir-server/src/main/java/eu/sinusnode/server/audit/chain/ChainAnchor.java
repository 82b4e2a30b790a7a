package eu.sinusnode.server.audit.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the chain had come, kept outside of the database: whoever cuts off the chain's end, with the rows and their
 * seals, still has this file against them. When the chain no longer goes through the anchor, the anchor is put beside as
 * a breach, which the verifier reports from then on, and a new one begins.
 */
public final class ChainAnchor {

    private static final Logger LOG = LoggerFactory.getLogger(ChainAnchor.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    /** A place in the chain and the chain there. */
    public record Place(LocalDate day, long events, byte[] head) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place
                    && day.equals(place.day)
                    && events == place.events
                    && Arrays.equals(head, place.head);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(head);
        }
    }

    /** @param directory where {@code anchor.json} lies; it must exist */
    public ChainAnchor(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException also when the file is there and makes no sense */
    public Optional<Place> read() throws IOException {
        try {
            return Optional.of(place(Files.readAllBytes(file())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    public void write(ChainDay day) throws IOException {
        Path fresh = directory.resolve("anchor.json.new");
        Files.write(
                fresh,
                JSON.writeValueAsBytes(JSON.createObjectNode()
                        .put("day", day.day().toString())
                        .put("events", day.events())
                        .put("head", HexFormat.of().formatHex(day.head()))));
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the chain still goes through the place. */
    public static boolean holds(Place place, ChainTable chain) {
        Optional<ChainDay> day = chain.find(place.day());
        if (day.isEmpty() || day.get().events() < place.events()) {
            return false;
        }
        if (day.get().events() == place.events()) {
            return Arrays.equals(day.get().head(), place.head());
        }
        // Rows between may have been dropped with the rest of their month; the day's seal vouches for them then.
        return day.get().dropped() != null
                || chain.chainAt(place.day(), place.events())
                        .map(head -> Arrays.equals(head, place.head()))
                        .orElse(false);
    }

    /** The chain does not go through the anchor, or its newest day is not as the server left it. */
    public void breach(Instant found, String what) throws IOException {
        LOG.error("The chain of the audit was tampered with: {}. Run: ./sinusnode audit verify", what);
        Path breach = directory.resolve("breach-" + found.toEpochMilli() + ".txt");
        String before = Files.exists(file()) ? Files.readString(file()) : "there was no anchor";
        Files.writeString(breach, found + " " + what + "; the anchor was " + before + "\n");
        Files.deleteIfExists(file());
    }

    /** What {@link #breach} wrote down, the oldest first. */
    public List<String> breaches() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("breach-"))
                    .sorted()
                    .map(ChainAnchor::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return file.getFileName() + " cannot be read";
        }
    }

    private static Place place(byte[] json) throws IOException {
        JsonNode anchor = JSON.readTree(json);
        try {
            return new Place(
                    LocalDate.parse(anchor.path("day").asText()),
                    anchor.path("events").asLong(-1),
                    HexFormat.of().parseHex(anchor.path("head").asText()));
        } catch (RuntimeException e) {
            throw new IOException("The audit's anchor makes no sense.", e);
        }
    }

    private Path file() {
        return directory.resolve("anchor.json");
    }
}
