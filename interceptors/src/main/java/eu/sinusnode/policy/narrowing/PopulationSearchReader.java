package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.ScopeContext;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a {@link PopulationSearch}: by vital codes, dates and status, in the order of dates. A search that asks
 * anything else, or asks it in another form, is none.
 */
public final class PopulationSearchReader {

    /** Of Observations that are measured at one moment, so that a date has one meaning. */
    public static final Set<String> CODES_OF_A_MOMENT = Set.of(
            Codes.BLOOD_PRESSURE_PANEL,
            Codes.HEART_RATE,
            Codes.BODY_WEIGHT,
            Codes.OXYGEN_SATURATION,
            Codes.RESTING_HEART_RATE,
            Codes.RESPIRATORY_RATE,
            Codes.BODY_TEMPERATURE,
            Codes.BODY_HEIGHT,
            Codes.BODY_MASS_INDEX);

    /** Of what is counted over a period. */
    public static final Set<String> CODES_OF_A_PERIOD = Set.of(Codes.STEPS, Codes.STEPS_A_DAY);

    private static final String TYPE = "Observation";
    private static final String STATUS_SYSTEM = "http://hl7.org/fhir/observation-status";
    private static final Set<String> STATUSES = Set.of(
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown");
    private static final Set<String> PARAMETERS =
            Set.of("code", "date", "status", "_sort", "_count", "_total", "_format", "_pretty", OpenParameters.PAGE);
    private static final List<String> NAMING = List.of("patient", "subject");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

    private final RecordVisibility visibility;

    public PopulationSearchReader(RecordVisibility visibility) {
        this.visibility = visibility;
    }

    /** Of everybody. Empty when the search is none, or the caller's scopes have filters. */
    public Optional<PopulationSearch> read(Caller caller, SearchRequest asked) {
        boolean ofMany = unlimited(caller).anyMatch(scope -> scope.context() != ScopeContext.PATIENT);
        return ofMany ? search(caller, asked) : Optional.empty();
    }

    /**
     * Of one patient. Empty when the search is none, finds other patients, or the caller's scopes have filters.
     *
     * @param narrowed what the search has become, so that it finds only whom the caller may see
     */
    public Optional<PopulationSearch> readOfOne(Caller caller, SearchRequest asked, SearchRequest narrowed) {
        if (unlimited(caller).findAny().isEmpty()) {
            return Optional.empty();
        }
        return onlyPatient(narrowed)
                .flatMap(patient -> search(caller, asked.without(NAMING)).map(search -> search.of(patient)));
    }

    private static Optional<String> onlyPatient(SearchRequest narrowed) {
        List<String> patients = narrowed.occurrences("patient").stream()
                .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                .toList();
        return patients.size() == 1 && !narrowed.names("_id")
                ? Optional.of(patients.get(0).substring("Patient/".length()))
                : Optional.empty();
    }

    private Optional<PopulationSearch> search(Caller caller, SearchRequest asked) {
        SearchRequest search = SignedStates.of(asked.resourceType())
                .filter(signed -> visibility.seesSignedOnly(caller.kind()))
                .map(signed -> asked.and("status", signed))
                .orElse(asked);
        if (!search.resourceType().equals(TYPE)
                || !PARAMETERS.containsAll(search.parameters().keySet())
                || !atMostOnce(search, "_total").map("none"::equals).orElse(true)) {
            return Optional.empty();
        }
        Optional<SortedSet<String>> codes = codes(search);
        Optional<Boolean> descending = order(search);
        Optional<PopulationSearch.Dates> dates = PopulationDates.read(search.occurrences("date"));
        boolean dated = !dates.equals(Optional.of(PopulationSearch.Dates.ANY));
        if (codes.isEmpty()
                || descending.isEmpty()
                || dates.isEmpty()
                || dated && codes.get().stream().anyMatch(CODES_OF_A_PERIOD::contains)
                || !isCounted(search)
                || !isStatus(search)) {
            return Optional.empty();
        }
        return Optional.of(new PopulationSearch(
                null,
                codes.get(),
                statuses(search),
                dates.get(),
                descending.get(),
                atMostOnce(search, "_count").map(Integer::valueOf).orElse(null),
                place(caller, search)));
    }

    /** The token's scopes that give every Observation of whom they are about. */
    private static Stream<Scopes.Scope> unlimited(Caller caller) {
        return caller.scopes().giving(caller.kind().scopeContexts(), TYPE, Interaction.SEARCH).stream()
                .filter(scope -> scope.filter().isEmpty());
    }

    private static Optional<SortedSet<String>> codes(SearchRequest search) {
        if (search.occurrences("code").size() != 1) {
            return Optional.empty();
        }
        SortedSet<String> codes = new TreeSet<>();
        for (String token :
                SearchRequest.alternatives(search.occurrences("code").get(0))) {
            String code = token.startsWith(Codes.LOINC + "|") ? token.substring(Codes.LOINC.length() + 1) : "";
            if (!CODES_OF_A_MOMENT.contains(code) && !CODES_OF_A_PERIOD.contains(code)) {
                return Optional.empty();
            }
            codes.add(code);
        }
        return Optional.of(codes);
    }

    /** Without an order that is asked for, the newest come first. */
    private static Optional<Boolean> order(SearchRequest search) {
        List<String> keys = search.occurrences("_sort");
        if (keys.isEmpty() || keys.equals(List.of("-date"))) {
            return Optional.of(true);
        }
        return keys.equals(List.of("date")) ? Optional.of(false) : Optional.empty();
    }

    private static boolean isCounted(SearchRequest search) {
        return search.occurrences("_count").isEmpty()
                || atMostOnce(search, "_count")
                        .filter(count -> COUNT.matcher(count).matches())
                        .isPresent();
    }

    private static boolean isStatus(SearchRequest search) {
        return search.occurrences("status").stream()
                .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                .map(PopulationSearchReader::status)
                .allMatch(STATUSES::contains);
    }

    private static @Nullable SortedSet<String> statuses(SearchRequest search) {
        SortedSet<String> statuses = null;
        for (String occurrence : search.occurrences("status")) {
            SortedSet<String> named = new TreeSet<>();
            SearchRequest.alternatives(occurrence).forEach(token -> named.add(status(token)));
            if (statuses == null) {
                statuses = named;
            } else {
                statuses.retainAll(named);
            }
        }
        return statuses;
    }

    private static String status(String token) {
        return token.startsWith(STATUS_SYSTEM + "|") ? token.substring(STATUS_SYSTEM.length() + 1) : token;
    }

    /** A text that no page told of is no place, so that what reads it finds none. */
    private static @Nullable String place(Caller caller, SearchRequest search) {
        return search.names(OpenParameters.PAGE)
                ? atMostOnce(search, OpenParameters.PAGE)
                        .flatMap(marked -> SearchPageId.place(caller, marked))
                        .orElse("")
                : null;
    }

    private static Optional<String> atMostOnce(SearchRequest search, String parameter) {
        List<String> occurrences = search.occurrences(parameter);
        return occurrences.isEmpty()
                ? Optional.empty()
                : Optional.of(occurrences.size() == 1 ? occurrences.get(0) : "");
    }
}
