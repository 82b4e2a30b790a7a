package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.search.SearchKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A search as the audit keeps it. The names of its parameters stay; so do the values of those that ask about codes, times
 * and form. Every other value may name a person (a name, a KVNR, an id) and is replaced by its keyed stand-in: whoever
 * has the key and a value can tell whether it was searched for, nobody can read it out.
 */
public final class AuditedQuery {

    /** Parameters whose values name nobody. */
    private static final Set<String> PLAIN = Set.of(
            "_bundletype",
            "_count",
            "_elements",
            "_format",
            "_getpages",
            "_getpagesoffset",
            "_lastUpdated",
            "_outputFormat",
            "_pageId",
            "_pretty",
            "_security",
            "_since",
            "_sort",
            "_summary",
            "_total",
            "_type",
            "_until",
            "active",
            "authored-on",
            "category",
            "clinical-status",
            "code",
            "code-value-quantity",
            "combo-code",
            "combo-code-value-quantity",
            "combo-value-quantity",
            "component-code",
            "component-code-value-quantity",
            "component-value-quantity",
            "contenttype",
            "date",
            "file",
            "intent",
            "job",
            "lifecycle-status",
            "modified",
            "onset-date",
            "organizeOutputBy",
            "outcome",
            "patients",
            "period",
            "recorded",
            "scope",
            "since",
            "start-date",
            "status",
            "subtype",
            "type",
            "value-quantity",
            "verification-status");

    private static final Set<String> PLAIN_MODIFIERS = Set.of("not", "missing");

    /** A code, a time, a number with its unit, alternatives of them; no blanks, so no sentences. */
    private static final Pattern PLAIN_VALUE = Pattern.compile("[A-Za-z0-9_.:/|,+\\-$\\[\\]{}*%]{0,200}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:.\\-]{1,200}");
    private static final int LONGEST = 4_000;

    private AuditedQuery() {}

    /**
     * @param path what was searched, e.g. {@code Observation} or {@code $vital-readings}; null for the server's base
     * @param parameters by name, each occurrence one value, unescaped as from the URL
     * @param inForm by name, how many of the values came in a form, as the last ones; empty when there was none
     * @return {@code path?name=value&…}, and the form's parameters after an empty line; names sorted, values URL-encoded;
     *     cut off with {@code …} when it is very long
     */
    public static String of(
            @Nullable String path, Map<String, String[]> parameters, Map<String, Integer> inForm, ValueKey key) {
        List<String> ofAddress = new ArrayList<>();
        List<String> ofForm = new ArrayList<>();
        new TreeMap<>(parameters).forEach((name, values) -> {
            int first = values.length - inForm.getOrDefault(name, 0);
            for (int i = 0; i < values.length; i++) {
                (i < first ? ofAddress : ofForm).add(name(name) + "=" + value(name, values[i], key));
            }
        });
        String whole = (path == null ? "" : path)
                + (ofAddress.isEmpty() ? "" : "?" + String.join("&", ofAddress))
                + (ofForm.isEmpty() ? "" : "\n\n" + String.join("&", ofForm));
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
    }

    private static String name(String name) {
        return NAME.matcher(name).matches() ? name : "_unreadable";
    }

    private static String value(String name, String value, ValueKey key) {
        if (namesNobody(name) && PLAIN_VALUE.matcher(value).matches()) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
        return alternatives(value).stream().map(key::keyed).collect(Collectors.joining(","));
    }

    /** Of a condition through references it is the last parameter that the value is for. */
    private static boolean namesNobody(String name) {
        return SearchKey.parse(name)
                .map(SearchKey::innermost)
                .filter(asked -> asked.modifier() == null || PLAIN_MODIFIERS.contains(asked.modifier()))
                .map(SearchKey.Plain::parameter)
                .filter(PLAIN::contains)
                .isPresent();
    }

    /** Each alternative by itself, so that one value has one stand-in wherever it was searched for. */
    private static List<String> alternatives(String value) {
        return Arrays.asList(value.split("(?<!\\\\),", -1));
    }
}
