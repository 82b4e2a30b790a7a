package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes a {@link WideSearch}: one that names neither patients nor records, and asks for nothing that takes a look at
 * all that is found, as a total does.
 */
public final class WideSearchReader {

    private static final Set<String> SHAPING =
            Set.of("_sort", "_count", "_total", "_format", "_pretty", OpenParameters.PAGE);
    private static final Set<String> CONDITIONS =
            Set.of("_lastUpdated", RecordFacts.LABELS, RecordFacts.LABELS + ":not");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

    private final RecordVisibility visibility;
    private final String serverBase;

    public WideSearchReader(RecordVisibility visibility, String serverBase) {
        this.visibility = visibility;
        this.serverBase = serverBase;
    }

    /** Empty when the search is none. */
    public Optional<WideSearch> read(Caller caller, ResolvedSearch asked) {
        String type = asked.own().resourceType();
        Optional<OwnerParameters> owner = OwnerParameters.of(type);
        // Devices without a patient are the directory's, and a gateway reads no patient's records.
        if (owner.isEmpty()
                || type.equals("Device")
                || caller.kind() == CallerKind.DEVICE_GATEWAY
                || visibility.confinedTo(caller, type, Interaction.SEARCH).isPresent()) {
            return Optional.empty();
        }
        // Whom a condition through a reference stands for the search does not name by itself.
        SearchRequest own = owner.get().inItsWords(asked.own(), serverBase);
        boolean named = own.names("_id") || owner.get().naming().stream().anyMatch(own::names);
        return named || !isHeard(own)
                ? Optional.empty()
                : Optional.of(search(caller, owner.get().inItsWords(asked.search(), serverBase), asked.linked()));
    }

    private static boolean isHeard(SearchRequest search) {
        return search.parameters().keySet().stream()
                        .allMatch(name -> !name.startsWith("_") || CONDITIONS.contains(name) || SHAPING.contains(name))
                && search.occurrences("_total").stream().allMatch("none"::equals)
                && search.occurrences("_sort").size() <= 1
                && search.occurrences(OpenParameters.PAGE).size() <= 1
                && search.occurrences("_count").size() <= 1
                && search.occurrences("_count").stream()
                        .allMatch(count -> COUNT.matcher(count).matches());
    }

    private static WideSearch search(Caller caller, SearchRequest search, List<ReferenceCondition> linked) {
        return new WideSearch(
                search.without(SHAPING),
                linked,
                search.occurrences("_sort").stream()
                        .flatMap(keys -> Arrays.stream(keys.split(",")))
                        .filter(key -> !key.isEmpty())
                        .toList(),
                first(search.occurrences("_count")).map(Integer::valueOf).orElse(null),
                // A text that no page told of is no place, so that what reads it finds none.
                first(search.occurrences(OpenParameters.PAGE))
                        .map(marked -> SearchPageId.place(caller, marked).orElse(""))
                        .orElse(null));
    }

    private static Optional<String> first(List<String> occurrences) {
        return occurrences.stream().findFirst();
    }
}
