package eu.sinusnode.server.everything;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ends: behind this record. It is compared with the records' own ids and never looked up, so a place that
 * somebody makes up tells nothing.
 */
record Place(String resourceType, String id) {

    private static final Pattern FORM = Pattern.compile("([A-Z][A-Za-z]{1,60})/([A-Za-z0-9\\-.]{1,64})");

    /** Empty for a text that is none of {@link #text}. */
    static Optional<Place> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Place(form.group(1), form.group(2))) : Optional.empty();
    }

    String text() {
        return resourceType + "/" + id;
    }
}
