package eu.sinusnode.policy.narrowing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A type search: values of one parameter are alternatives, separated by commas; repeated parameters must all hold.
 *
 * @param parameters by name, each occurrence one string, escaped as FHIR search escapes
 */
public record SearchRequest(String resourceType, Map<String, List<String>> parameters) {

    public SearchRequest {
        parameters = new LinkedHashMap<>(parameters);
    }

    public boolean names(String parameter) {
        return parameters.containsKey(parameter);
    }

    public List<String> occurrences(String parameter) {
        return parameters.getOrDefault(parameter, List.of());
    }

    /** The same search with one parameter instead of some others. */
    public SearchRequest with(String parameter, Collection<String> alternatives, Collection<String> insteadOf) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        insteadOf.forEach(changed::remove);
        changed.put(parameter, List.of(String.join(",", alternatives)));
        return new SearchRequest(resourceType, changed);
    }

    /**
     * The same search with one parameter given anew.
     *
     * @param occurrences one list of alternatives each, not escaped
     */
    public SearchRequest with(String parameter, List<List<String>> occurrences) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        changed.put(
                parameter,
                occurrences.stream()
                        .map(alternatives -> String.join(
                                ",",
                                alternatives.stream().map(SearchRequest::escape).toList()))
                        .toList());
        return new SearchRequest(resourceType, changed);
    }

    /** The same search with one more condition. */
    public SearchRequest and(String parameter, Collection<String> alternatives) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        List<String> occurrences = new ArrayList<>(occurrences(parameter));
        occurrences.add(String.join(",", alternatives));
        changed.put(parameter, occurrences);
        return new SearchRequest(resourceType, changed);
    }

    /** The same search without some parameters. */
    public SearchRequest without(Collection<String> names) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        names.forEach(changed::remove);
        return new SearchRequest(resourceType, changed);
    }

    /** The same search with one more condition, as it stands in a URL. */
    public SearchRequest occurrence(String parameter, String escaped) {
        return and(parameter, List.of(escaped));
    }

    /** The same search with these occurrences of one parameter, escaped already; without any the parameter goes. */
    SearchRequest withOccurrences(String parameter, List<String> occurrences) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        if (occurrences.isEmpty()) {
            changed.remove(parameter);
        } else {
            changed.put(parameter, List.copyOf(occurrences));
        }
        return new SearchRequest(resourceType, changed);
    }

    /** Splits one occurrence into its alternatives; {@code \,} is a comma inside a value. */
    public static List<String> alternatives(String occurrence) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < occurrence.length(); i++) {
            char c = occurrence.charAt(i);
            if (c == '\\' && i + 1 < occurrence.length()) {
                value.append(occurrence.charAt(++i));
            } else if (c == ',') {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    /** A token {@code system|code}, whose bar stays, or any other value. */
    public static String escapeToken(String value) {
        int bar = value.lastIndexOf('|');
        return bar < 0 ? escape(value) : escape(value.substring(0, bar)) + "|" + escape(value.substring(bar + 1));
    }

    /** One value as it stands in a parameter. */
    public static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace("$", "\\$")
                .replace("|", "\\|");
    }
}
