package eu.sinusnode.server.measurements;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** Days and instants of a request. */
final class Times {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    /** FHIR has years of four digits. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Times() {}

    /** When it begins. */
    static Instant start(String name, String text, ZoneId zone) {
        return parse(name, text, zone, 0);
    }

    /** When it is over: a day as a whole is part of it. */
    static Instant end(String name, String text, ZoneId zone) {
        return parse(name, text, zone, 1);
    }

    /** As {@link #end}, and a second that is named is part of it, as in a Period. */
    static Instant inclusiveEnd(String name, String text, ZoneId zone) {
        return DAY.matcher(text).matches()
                ? end(name, text, zone)
                : end(name, text, zone).plusSeconds(1);
    }

    private static Instant parse(String name, String text, ZoneId zone, int days) {
        try {
            Instant instant = instant(text, zone, days);
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw new DateTimeException("No FHIR date is there.");
            }
            return instant;
        } catch (DateTimeException noDate) {
            throw AskedPatient.malformed(
                    name + " is a day, as 2026-01-31, or an instant with its offset, as 2026-01-31T08:00:00Z");
        }
    }

    private static Instant instant(String text, ZoneId zone, int days) {
        return DAY.matcher(text).matches()
                ? LocalDate.parse(text).plusDays(days).atStartOfDay(zone).toInstant()
                // A plus that was not encoded has become a blank on its way.
                : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    }
}
