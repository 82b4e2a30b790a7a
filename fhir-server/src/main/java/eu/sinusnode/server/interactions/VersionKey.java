package eu.sinusnode.server.interactions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a record, and its place in a history, which goes from the newest to the oldest. What is stored meanwhile
 * comes before it, so the pages after it stay what they are.
 *
 * @param updated as the database writes the time
 */
record VersionKey(String updated, String id, long version) {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)~([A-Za-z0-9\\-.]{1,64})~(\\d{1,18})");

    String text() {
        return updated + "~" + id + "~" + version;
    }

    static Optional<VersionKey> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new VersionKey(form.group(1), form.group(2), Long.parseLong(form.group(3))))
                : Optional.empty();
    }
}
