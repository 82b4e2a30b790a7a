package eu.sinusnode.server.everything;

import eu.sinusnode.server.records.StoredRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ends: behind this record. It is compared with the records' own ids and never looked up, so a place that
 * somebody makes up tells nothing.
 */
record Place(String resourceType, String id) {

    /** A hyphen comes before letters and digits, and no id is one alone. */
    private static final String BEFORE_EVERY_ID = "-";

    private static final Pattern FORM = Pattern.compile("([A-Z][A-Za-z]{1,60})/([A-Za-z0-9\\-.]{1,64})");

    /** Empty for a text that is none of {@link #text}. */
    static Optional<Place> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Place(form.group(1), form.group(2))) : Optional.empty();
    }

    /**
     * A place behind one record and before the next that names neither, since nobody may know of them: the shortest
     * beginning of the next one's id that tells them apart.
     */
    static Place between(Place last, StoredRecord next) {
        if (!last.resourceType().equals(next.type())) {
            return new Place(next.type(), BEFORE_EVERY_ID);
        }
        for (int length = 1; length < next.id().length(); length++) {
            String beginning = next.id().substring(0, length);
            if (beginning.compareTo(last.id()) > 0) {
                return new Place(next.type(), beginning);
            }
        }
        return last;
    }

    String text() {
        return resourceType + "/" + id;
    }
}
