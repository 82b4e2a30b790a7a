package eu.sinusnode.launcher.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the analysis tells in a file of the run over everybody that is at work. */
final class LookProgress {

    private LookProgress() {}

    /**
     * @param job directory of the runs' state
     * @return in words; empty when none is at work, or its file cannot be read just now
     */
    static Optional<String> of(Path job) {
        Path file = job.resolve("everybody").resolve("risk-progress.json");
        try {
            return Files.exists(file)
                    ? Optional.of(words(new ObjectMapper().readTree(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String words(JsonNode progress) {
        String end = progress.path("expectedEnd").asText(null);
        return String.format(
                Locale.ROOT,
                "looking at everybody: about %.0f %% (%,d patients) at %s, %.1f patients a second%s",
                100 * progress.path("share").asDouble(),
                progress.path("patients").asLong(),
                progress.path("at").asText(),
                progress.path("patientsPerSecond").asDouble(),
                end == null ? "" : ", expected to end at " + end);
    }
}
