package eu.sinusnode.server.attack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the placeholders of a {@link Template} stand for in one world. Two worlds differ in nothing else, so two answers
 * that differ after their values have been put back tell something of the world.
 */
final class World {

    private static final Pattern PLACEHOLDER = Pattern.compile("«([A-Za-z]+)»");

    private final String name;
    private final Map<String, String> values;
    private final List<Map.Entry<String, String>> spellings = new ArrayList<>();

    /** @param values by placeholder, without its marks */
    World(String name, Map<String, String> values) {
        this.name = name;
        this.values = new TreeMap<>(values);
        this.values.forEach((placeholder, value) -> {
            spellings.add(Map.entry(value, placeholder));
            spellings.add(Map.entry(encoded(value), placeholder));
            spellings.add(Map.entry(value.replace("|", "\\|"), placeholder));
        });
        spellings.sort(Comparator.comparingInt(
                (Map.Entry<String, String> spelling) -> -spelling.getKey().length()));
    }

    String name() {
        return name;
    }

    String value(String placeholder) {
        String value = values.get(placeholder);
        if (value == null) {
            throw new IllegalArgumentException("World " + name + " has no " + placeholder + ".");
        }
        return value;
    }

    /** The same world seen by somebody who has records of their own beside. */
    World with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return new World(name, all);
    }

    /** As it stands in a body or a header. */
    String plain(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(hit -> Matcher.quoteReplacement(value(hit.group(1))));
    }

    /** As it stands in a URL or a form. */
    String inUrl(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(hit -> Matcher.quoteReplacement(encoded(value(hit.group(1)))));
    }

    /** The world's own values are put back to their placeholders. */
    String without(String text) {
        String general = text;
        for (Map.Entry<String, String> spelling : spellings) {
            general = general.replace(spelling.getKey(), "«" + spelling.getValue() + "»");
        }
        return general;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
