package eu.sinusnode.policy.authorization;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The formats of records: JSON and XML of FHIR R4, in and out, by the names that HAPI knows (http.html#mime-type,
 * http.html#version-parameter).
 */
public final class Formats {

    private static final Set<String> FHIR = Set.of(
            "json",
            "application/fhir+json",
            "application/json",
            "application/json+fhir",
            "text/json",
            "xml",
            "application/fhir+xml",
            "application/xml",
            "application/xml+fhir",
            "text/xml");

    private static final Set<String> ANY = Set.of("*/*", "application/*", "text/*", "*");
    private static final Set<String> VERSIONS = Set.of("4.0", "4.0.1");

    /** A weight (RFC 9110, 12.4.2) that is more than nothing. */
    private static final Pattern WEIGHT = Pattern.compile("1(?:\\.0{0,3})?|0\\.(?!0{0,3}$)\\d{1,3}");

    /** @param contentType of a body; null when the request does not say */
    public boolean isRead(@Nullable String contentType) {
        return contentType != null && isFhir(Range.of(contentType));
    }

    /**
     * {@code _format} comes before the header; without either, JSON is given.
     *
     * @param formats the occurrences of {@code _format}
     * @param accepted the occurrences of {@code Accept}
     */
    public boolean isGiven(Collection<String> formats, Collection<String> accepted) {
        if (!formats.isEmpty()) {
            return formats.stream().map(Range::of).allMatch(Formats::isFhir);
        }
        return accepted.isEmpty()
                || accepted.stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .map(Range::of)
                        .anyMatch(Formats::isOffered);
    }

    private static boolean isOffered(Range range) {
        return WEIGHT.matcher(range.parameters().getOrDefault("q", "1")).matches()
                && (ANY.contains(range.type()) || isFhir(range));
    }

    private static boolean isFhir(Range range) {
        return FHIR.contains(range.type())
                && VERSIONS.contains(range.parameters().getOrDefault("fhirversion", "4.0"));
    }

    /**
     * A media type with its parameters.
     *
     * @param parameters by name in lower case
     */
    private record Range(String type, Map<String, String> parameters) {

        static Range of(String text) {
            String[] parts = text.split(";", -1);
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] parameter = parts[i].split("=", 2);
                String value = parameter.length == 2 ? parameter[1].trim().replace("\"", "") : "";
                parameters.put(parameter[0].trim().toLowerCase(Locale.ROOT), value);
            }
            // A plus sign in a URL is a blank.
            return new Range(parts[0].trim().toLowerCase(Locale.ROOT).replace(' ', '+'), parameters);
        }
    }
}
