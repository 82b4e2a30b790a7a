package eu.sinusnode.server.records;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Finds what a resource refers to in its JSON; a quotation mark inside a text is escaped there and cannot be mistaken. */
public final class Mentions {

    private static final String REFERENCE = "\"reference\":\"";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private Mentions() {}

    /** @param types FHIR types that count */
    public static void of(String json, Set<String> types, Consumer<String> found) {
        int at = json.indexOf(REFERENCE);
        while (at >= 0) {
            int begin = at + REFERENCE.length();
            int end = json.indexOf('"', begin);
            named(json.substring(begin, end), types, found);
            at = json.indexOf(REFERENCE, end);
        }
    }

    /** @param reference as it stands in a resource */
    public static void named(String reference, Set<String> types, Consumer<String> found) {
        String[] parts = reference.split("/", 3);
        if (parts.length > 1 && types.contains(parts[0]) && ID.matcher(parts[1]).matches()) {
            found.accept(parts[0] + "/" + parts[1]);
        }
    }
}
