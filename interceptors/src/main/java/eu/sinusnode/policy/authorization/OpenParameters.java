package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query parameters that are open outside of searches; everything else is refused. Searches are {@link SearchForm}'s, and
 * how much of a record is shown is {@link SubsetForm}'s.
 */
public final class OpenParameters {

    /** Where the next page of a history, or of a search among many patients, begins; a value that the server made. */
    public static final String PAGE = "_page";

    static final Set<String> PRESENTATION = Set.of("_format", "_pretty");
    private static final Set<String> ON_HISTORIES = Set.of("_count", "_since", "_at", PAGE);
    private static final Set<String> ON_PAGES =
            Set.of("_getpages", "_getpagesoffset", "_pageId", "_count", "_bundletype");

    private static final Map<String, Set<String>> BY_OPERATION = Map.ofEntries(
            Map.entry(AccessMatrix.VALIDATE, Set.of("mode", "profile")),
            Map.entry("$vital-readings", Set.of("after", "through", "patients", "since")),
            Map.entry("$rr-intervals", Set.of("after", "through", "patients", "since", "patient", "newest", "until")),
            Map.entry("$risk-input", Set.of("version")),
            Map.entry("$access-log", Set.of("start", "end", "count")),
            Map.entry("$affected-patients", Set.of("client", "start", "end", "after", "count")),
            Map.entry("$unfinished-runs", Set.of("client", "start", "end", "count")),
            Map.entry("$everything", Set.of("start", "end", "_since", "_type", "_count", "after")),
            Map.entry("$lastn", Set.of("patient", "subject", "max", "code", "category", "date", "status")),
            Map.entry(
                    "$stats",
                    Set.of(
                            "subject",
                            "code",
                            "system",
                            "coding",
                            "duration",
                            "period",
                            "statistic",
                            "include",
                            "limit")),
            Map.entry("$trend", Set.of("patient", "code", "from", "to", "points", "zone", "device", "setting")),
            Map.entry("$progress", Set.of("zone")),
            Map.entry("$status", Set.of("id", "status")),
            Map.entry("$get-ws-binding-token", Set.of("id")),
            Map.entry("$events", Set.of("eventsSinceNumber", "eventsUntilNumber", "content")),
            Map.entry("$print", Set.of("kind", "language", "zone")),
            // All that the Bulk Data IG defines; the export itself says which of them it does not take.
            Map.entry(
                    "$export",
                    Set.of(
                            "_elements",
                            "_outputFormat",
                            "_since",
                            "_type",
                            "_typeFilter",
                            "_until",
                            "allowPartialManifests",
                            "includeAssociatedData",
                            "organizeOutputBy",
                            "patient")),
            Map.entry("$export-status", Set.of("job")),
            Map.entry("$export-file", Set.of("job", "file")),
            Map.entry("$import-status", Set.of("job")),
            Map.entry("$import-errors", Set.of("job", "file")));

    private final AccessMatrix matrix;

    public OpenParameters(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    public Decision decideRead(Collection<String> names) {
        return onlyOpen(names, Set.of(), "a read");
    }

    public Decision decideHistory(Collection<String> names) {
        return onlyOpen(names, ON_HISTORIES, "a history");
    }

    /** The condition of an update, patch or delete: a search that has no order and no pages. */
    public Decision decideCondition(CallerKind caller, String resourceType, Collection<String> names) {
        Set<String> open = new TreeSet<>(matrix.searchParameters(caller, resourceType));
        // Searches by words have an index of their own, which follows a little later; a value is no name of a record.
        open.removeAll(Set.of("_sort", "_count", "_text", "_content", LimitingParameters.LABELS));
        open.removeAll(ValueParameter.names());
        return onlyOpen(names, open, "a condition on " + resourceType);
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
    static String printable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_:.\\-]", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
    }
}
