package eu.sinusnode.policy.authorization;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The header {@code Prefer} (RFC 7240, http.html#ops). A preference that nobody knows is none.
 *
 * @param given name and value of each, in lower case, without blanks and quotes
 */
record Preferences(List<String> given) {

    private static final String LENIENT = "handling=lenient";
    private static final String STRICT = "handling=strict";

    /** HAPI fails on them, and not before a write has been stored. */
    private static final Pattern UNREADABLE = Pattern.compile("(?:return|handling)(?:=.?)?");

    Preferences {
        given = List.copyOf(given);
    }

    /** @param headers each occurrence of the header */
    static Preferences of(Collection<String> headers) {
        return new Preferences(headers.stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]")))
                .map(preference -> preference.replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT))
                .toList());
    }

    boolean isReadable() {
        return given.stream()
                .noneMatch(preference -> UNREADABLE.matcher(preference).matches());
    }

    /** Strict is what holds without a wish, and what holds when both are wished for. */
    boolean isLenient() {
        return given.contains(LENIENT) && !given.contains(STRICT);
    }
}
