package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.search.IncludeKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much of each record an answer is to show (search.html#summary, search.html#elements). */
public final class SubsetForm {

    public static final String SUMMARY = "_summary";
    public static final String ELEMENTS = "_elements";

    private static final String COUNT = "count";
    private static final String TEXT = "text";
    private static final String EVERYTHING = "false";
    private static final Set<String> SUMMARIES = new TreeSet<>(Set.of(COUNT, "data", EVERYTHING, TEXT, "true"));

    /** What was asked for. */
    public sealed interface Asked {

        /** The records as they are. */
        record Whole() implements Asked {}

        /**
         * A part of them; what is mandatory is shown with it.
         *
         * @param summary {@code true}, {@code text} or {@code data}; null when elements are named
         * @param elements at the top of the record, without {@code [x]}
         */
        record Part(@Nullable String summary, List<String> elements) implements Asked {
            public Part {
                elements = List.copyOf(elements);
            }

            /** Whether it is the text that is asked for, and not the data. */
            public boolean isText() {
                return TEXT.equals(summary);
            }
        }

        /** Nothing that can be shown. */
        record Refused(String reason) implements Asked {}
    }

    /**
     * Of a search or a read.
     *
     * @param resourceType what is asked for; null for a page, whose search has been decided
     * @param search whether it may be counted instead of shown
     */
    public Asked read(@Nullable String resourceType, boolean search, Map<String, List<String>> parameters) {
        List<String> summaries = parameters.getOrDefault(SUMMARY, List.of());
        List<String> elements = parameters.getOrDefault(ELEMENTS, List.of()).stream()
                .flatMap(occurrence -> Arrays.stream(occurrence.split(",", -1)))
                .map(String::strip)
                .distinct()
                .toList();
        if (summaries.size() > 1 || !SUMMARIES.containsAll(summaries)) {
            return new Asked.Refused(SUMMARY + " takes one of " + String.join(", ", SUMMARIES));
        }
        String summary = summaries.isEmpty() ? EVERYTHING : summaries.get(0);
        if (summary.equals(COUNT) && !search) {
            return new Asked.Refused(SUMMARY + "=" + COUNT + " is for searches");
        }
        if (!elements.isEmpty() && !summary.equals(EVERYTHING)) {
            return new Asked.Refused(SUMMARY + " and " + ELEMENTS + " are not combined");
        }
        if (summary.equals(TEXT) && parameters.keySet().stream().anyMatch(IncludeKey::isName)) {
            return new Asked.Refused("nothing comes along with " + SUMMARY + "=" + TEXT);
        }
        List<String> unknown = elements.stream()
                .filter(element -> !isElement(resourceType, element))
                .toList();
        if (!unknown.isEmpty()) {
            return new Asked.Refused(ELEMENTS + " takes names of elements at the top of "
                    + (resourceType == null ? "the record" : resourceType) + " and not "
                    + OpenParameters.printable(unknown.get(0)));
        }
        if (!elements.isEmpty()) {
            return new Asked.Part(null, elements);
        }
        return summary.equals(EVERYTHING) || summary.equals(COUNT)
                ? new Asked.Whole()
                : new Asked.Part(summary, List.of());
    }

    /** Whether a number is asked for in the place of records; that is the storage's work. */
    public boolean isCount(Map<String, List<String>> parameters) {
        return List.of(COUNT).equals(parameters.get(SUMMARY));
    }

    private static boolean isElement(@Nullable String resourceType, String name) {
        return resourceType == null
                ? name.matches("[a-z][A-Za-z]{0,60}")
                : elements(resourceType).contains(name);
    }

    private static Set<String> elements(String resourceType) {
        return FhirContext.forR4Cached().getResourceDefinition(resourceType).getChildren().stream()
                .map(child -> child.getElementName().replace("[x]", ""))
                .collect(Collectors.toSet());
    }
}
