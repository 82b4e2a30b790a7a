package eu.sinusnode.launcher.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A child's output on disk: plain lines, or JSON objects with {@code log.level} and {@code message} (ECS). */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 256 * 1024;
    private static final int LONGEST = 700;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Puts what an earlier process wrote aside, as {@code <name>.1}. */
    void turn() throws IOException {
        if (Files.exists(path)) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What a program said last that explains its end: its last error, or else its last lines. */
    public String lastWords() {
        List<String> lines = lines();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Optional<String> error = error(lines.get(i));
            if (error.isPresent()) {
                return shortened(error.get());
            }
        }
        return shortened(String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
    }

    /** The end of the log, without blank lines and stack frames; empty when there is no log. */
    List<String> lines() {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            ByteBuffer buffer = ByteBuffer.allocate(TAIL_BYTES);
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = channel.read(buffer);
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t..."))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> error(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode entry = JSON.readTree(line);
            return "ERROR".equals(entry.path("log").path("level").asText())
                    ? Optional.of(entry.path("message").asText())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            // The first line of the tail may be cut in its middle.
            return Optional.empty();
        }
    }

    private static String shortened(String words) {
        String plain = words.replaceAll("[*\\s]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + " ...";
    }
}
