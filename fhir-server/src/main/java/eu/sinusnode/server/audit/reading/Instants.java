package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Parameters of an operation, as texts: HAPI would answer a value that is none with a 500. */
final class Instants {

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}");

    private Instants() {}

    static @Nullable Instant read(String name, @Nullable StringType value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            // A plus that was not encoded came as a blank.
            return OffsetDateTime.parse(value.getValue().replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "'" + name + "' is an instant with its offset, for example 2026-11-23T08:00:00Z.");
        }
    }

    static Instant require(String name, @Nullable StringType value) {
        Instant instant = read(name, value);
        if (instant == null) {
            throw new InvalidRequestException("'" + name + "' is missing.");
        }
        return instant;
    }

    static int count(@Nullable StringType value, int otherwise, int most) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        if (!COUNT.matcher(value.getValue()).matches() || Integer.parseInt(value.getValue()) > most) {
            throw new InvalidRequestException("'count' is a number from 1 to " + most + ".");
        }
        return Integer.parseInt(value.getValue());
    }
}
