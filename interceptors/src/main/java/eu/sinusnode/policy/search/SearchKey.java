package eu.sinusnode.policy.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a search parameter as it stands in a URL, taken apart (R4 search, "Modifiers", "Chained parameters", "Reverse
 * chaining").
 */
public sealed interface SearchKey {

    /** As it stands in a URL. */
    String name();

    /** How many other searches the condition needs. */
    int depth();

    /** The condition at its end, which the values are for. */
    Plain innermost();

    /** @param modifier what follows the colon, or null */
    record Plain(String parameter, @Nullable String modifier) implements SearchKey {
        @Override
        public String name() {
            return modifier == null ? parameter : parameter + ":" + modifier;
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public Plain innermost() {
            return this;
        }
    }

    /**
     * {@code reference:type.rest}: the condition holds for a record that the reference names.
     *
     * @param type of that record, or null when the name says none
     */
    record Chain(String reference, @Nullable String type, SearchKey rest) implements SearchKey {
        @Override
        public String name() {
            return new Plain(reference, type).name() + "." + rest.name();
        }

        @Override
        public int depth() {
            return 1 + rest.depth();
        }

        @Override
        public Plain innermost() {
            return rest.innermost();
        }
    }

    /** {@code _has:type:reference:rest}: the condition holds for a record of the type whose reference names this one. */
    record Has(String type, String reference, SearchKey rest) implements SearchKey {
        @Override
        public String name() {
            return "_has:" + type + ":" + reference + ":" + rest.name();
        }

        @Override
        public int depth() {
            return 1 + rest.depth();
        }

        @Override
        public Plain innermost() {
            return rest.innermost();
        }
    }

    Pattern PLAIN = Pattern.compile("(?!_has\\b)(_?[A-Za-z][A-Za-z0-9\\-]{0,60})(?::([A-Za-z][A-Za-z\\-]{0,40}))?");
    Pattern HAS = Pattern.compile("_has:([A-Z][A-Za-z]{0,40}):([A-Za-z][A-Za-z0-9\\-]{0,60}):(.+)");
    int LONGEST = 300;

    /** Empty for a name that has none of these forms. */
    static Optional<SearchKey> parse(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher has = HAS.matcher(name);
        if (has.matches()) {
            return parse(has.group(3)).map(rest -> new Has(has.group(1), has.group(2), rest));
        }
        int dot = name.indexOf('.');
        Matcher plain = PLAIN.matcher(dot < 0 ? name : name.substring(0, dot));
        if (!plain.matches()) {
            return Optional.empty();
        }
        String parameter = plain.group(1);
        String modifier = plain.group(2);
        return dot < 0
                ? Optional.of(new Plain(parameter, modifier))
                : parse(name.substring(dot + 1)).map(rest -> new Chain(parameter, modifier, rest));
    }
}
