package eu.sinusnode.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to come along with the records that a search finds (R4 search, "Including other resources in result").
 *
 * @param reverse records that refer to those found, and not those that they refer to
 * @param iterate for what has come along, too
 * @param source type that the reference parameter belongs to
 * @param target only records of this type, or null
 */
public record IncludeKey(
        boolean reverse,
        boolean iterate,
        String source,
        String parameter,
        @Nullable String target) {

    private static final Set<String> NAMES =
            Set.of("_include", "_include:iterate", "_revinclude", "_revinclude:iterate");
    private static final Pattern FORM =
            Pattern.compile("([A-Z][A-Za-z]{0,40}):([a-z][A-Za-z0-9\\-]{0,60})(?::([A-Z][A-Za-z]{0,40}))?");

    public static boolean isName(String parameter) {
        return NAMES.contains(parameter);
    }

    /** Empty for a value of another form; {@code *} is one. */
    public static Optional<IncludeKey> parse(String name, String value) {
        Matcher form = FORM.matcher(value);
        return isName(name) && form.matches()
                ? Optional.of(new IncludeKey(
                        name.startsWith("_revinclude"),
                        name.endsWith(":iterate"),
                        form.group(1),
                        form.group(2),
                        form.group(3)))
                : Optional.empty();
    }

    /** Those of a request, which were let through before. */
    public static List<IncludeKey> of(Map<String, String[]> parameters) {
        List<IncludeKey> keys = new ArrayList<>();
        parameters.forEach((name, values) -> {
            for (String value : values) {
                parse(name, value).ifPresent(keys::add);
            }
        });
        return keys;
    }

    /** The parameter's name in a URL. */
    public String name() {
        return (reverse ? "_revinclude" : "_include") + (iterate ? ":iterate" : "");
    }

    /** The parameter's value in a URL. */
    public String value() {
        return source + ":" + parameter + (target == null ? "" : ":" + target);
    }

    /** Whether the records that are referred to may be of the type. */
    public boolean mayName(String type) {
        return target == null || target.equals(type);
    }
}
