package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The well-known members of a cohort.
 *
 * @param dataEnd no reading is later
 * @param insurer id of the Organization that the client {@code insurer} acts for
 * @param personas the first patients; the n-th one logs in as {@code patient-n}
 */
public record CohortDirectory(
        long seed, int patients, int weeks, Instant dataEnd, String insurer, List<Persona> personas) {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /**
     * @param consent {@code wide}, {@code narrow}, {@code withdrawn} or {@code none}
     * @param clinic id of the Organization that treats
     * @param dataEnd no reading is later
     * @param insurer id of the Organization that covers
     */
    public record Persona(String login, String id, String name, String consent, String clinic, String insurer) {}

    /** @throws Trouble when the cohort's {@code directory.json} cannot be read */
    public static CohortDirectory read(Path cohort) {
        Path file = cohort.resolve("directory.json");
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            return new CohortDirectory(
                    root.path("seed").asLong(),
                    root.path("patients").asInt(),
                    root.path("weeks").asInt(),
                    LocalDate.parse(root.path("end").asText())
                            .atStartOfDay(ZONE)
                            .toInstant(),
                    firstInsurer(root),
                    personas(root));
        } catch (IOException | DateTimeParseException e) {
            throw new Trouble(
                    "The cohort's directory " + file + " cannot be read (" + e.getMessage() + ").",
                    "Remove the folder " + cohort + "; ./sinusnode demo makes it anew.",
                    e);
        }
    }

    /** The first persona with this kind of consent whom the insurer covers, or else the first one at all. */
    public Optional<Persona> withConsent(String consent) {
        return personas.stream()
                .filter(p -> p.consent().equals(consent) && p.insurer().equals(insurer))
                .findFirst()
                .or(() -> personas.stream()
                        .filter(p -> p.consent().equals(consent))
                        .findFirst());
    }

    private static List<Persona> personas(JsonNode root) {
        List<Persona> personas = new ArrayList<>();
        for (JsonNode persona : root.path("personas")) {
            personas.add(new Persona(
                    "patient-" + (personas.size() + 1),
                    persona.path("id").asText(),
                    persona.path("name").asText(),
                    persona.path("consent").asText(),
                    persona.path("clinic").asText(),
                    persona.path("insurer").asText()));
        }
        return List.copyOf(personas);
    }

    private static String firstInsurer(JsonNode root) {
        for (JsonNode organization : root.path("organizations")) {
            if ("insurer".equals(organization.path("kind").asText())) {
                return organization.path("id").asText();
            }
        }
        return "";
    }
}
