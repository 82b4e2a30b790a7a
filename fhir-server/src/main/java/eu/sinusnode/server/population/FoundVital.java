package eu.sinusnode.server.population;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An Observation in the order of a search: by its time, then by its id.
 *
 * @param at to the microsecond
 */
public record FoundVital(Instant at, UUID observation) {

    /** What a link to the next page says. */
    String text() {
        return at + "~" + observation;
    }

    static Optional<FoundVital> parse(String text) {
        String[] parts = text.split("~", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new FoundVital(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                    : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException noPlace) {
            return Optional.empty();
        }
    }
}
