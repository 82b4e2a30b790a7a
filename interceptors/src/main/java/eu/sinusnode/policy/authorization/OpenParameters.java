package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query parameters that are open; everything else is refused. Modifiers and chains are refused by that alone, since a
 * name with a colon or a dot stands in no list: each of them lets a caller ask about what the answer would not show.
 *
 * <p>{@code _total}, {@code _summary} and {@code _elements} are closed: counts would be taken before the gate, and a
 * resource without its elements cannot be decided.
 */
public final class OpenParameters {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");
    private static final Set<String> ON_PAGES =
            Set.of("_getpages", "_getpagesoffset", "_pageId", "_count", "_bundletype");

    private static final Map<String, Set<String>> BY_OPERATION = Map.of(
            "$vital-readings", Set.of("after", "patients", "since"),
            "$access-log", Set.of("start", "end", "count"),
            "$affected-patients", Set.of("client", "start", "end", "after", "count"));

    private static final Set<String> SORTABLE_EVERYWHERE = Set.of("_id", "_lastUpdated");

    /** Times; a type sorts by those of them that are open on it. */
    private static final Set<String> TIMES = Set.of(
            "authored",
            "authored-on",
            "authoredon",
            "date",
            "date-start",
            "datetime",
            "effective",
            "effective-time",
            "end-date",
            "issued",
            "modified",
            "occurrence",
            "onset-date",
            "period",
            "received",
            "recorded",
            "recorded-date",
            "sent",
            "start",
            "start-date",
            "timestamp");

    private final AccessMatrix matrix;

    public OpenParameters(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    /** @param sortKeys the occurrences of {@code _sort} */
    public Decision decideSearch(
            CallerKind caller, String resourceType, Collection<String> names, List<String> sortKeys) {
        Set<String> open = matrix.searchParameters(caller, resourceType);
        Decision decision = onlyOpen(names, open, resourceType);
        return decision instanceof Decision.Deny ? decision : decideSort(resourceType, open, sortKeys);
    }

    public Decision decideRead(Collection<String> names) {
        return onlyOpen(names, Set.of(), "a read");
    }

    public Decision decideWrite(Collection<String> names) {
        return onlyOpen(names, Set.of(), "a write");
    }

    public Decision decidePage(Collection<String> names) {
        return onlyOpen(names, ON_PAGES, "a page");
    }

    public Decision decideOperation(String operation, Collection<String> names) {
        return onlyOpen(names, BY_OPERATION.getOrDefault(operation, Set.of()), operation);
    }

    /** Types and their own search parameters that are open to somebody, for the storage's index. */
    public static Map<String, Set<String>> byType(AccessMatrix matrix) {
        Map<String, Set<String>> open = new TreeMap<>();
        matrix.resourceTypes().stream()
                .filter(type -> !matrix.searchParameters(type).isEmpty())
                .forEach(type -> open.put(type, matrix.searchParameters(type)));
        return open;
    }

    private static Decision decideSort(String resourceType, Set<String> open, List<String> sortKeys) {
        Set<String> sortable = new TreeSet<>(open);
        sortable.retainAll(TIMES);
        sortable.addAll(SORTABLE_EVERYWHERE);
        for (String occurrence : sortKeys) {
            for (String key : occurrence.split(",", -1)) {
                String name = key.startsWith("-") ? key.substring(1) : key;
                if (!sortable.contains(name)) {
                    return new Decision.Deny(
                            DenialCode.SEARCH_PARAMETER, "_sort of " + resourceType + " takes " + sortable + " only");
                }
            }
        }
        return Decision.Permit.of("parameters", "all of them are open");
    }

    private static Decision onlyOpen(Collection<String> names, Set<String> open, String on) {
        return names.stream()
                .filter(name -> !open.contains(name) && !PRESENTATION.contains(name))
                .sorted()
                .findFirst()
                .<Decision>map(closed -> new Decision.Deny(
                        DenialCode.SEARCH_PARAMETER, "parameter " + printable(closed) + " is not open on " + on))
                .orElseGet(() -> Decision.Permit.of("parameters", "all of them are open"));
    }

    /** The name goes into an answer and into the audit: only what a parameter's name can hold, and not at length. */
    private static String printable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_:.\\-]", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
    }
}
