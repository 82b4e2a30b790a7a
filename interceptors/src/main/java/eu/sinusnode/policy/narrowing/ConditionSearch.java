package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.audit.DenialLedger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what the condition of an update, patch, delete or create means: a search like any other, narrowed to what the
 * caller may find before it runs, so that a hidden record is no match (http.html#cond-update).
 */
public final class ConditionSearch {

    private static final String ID = "_id";
    private static final String NOT_ID = "_id:not";

    private final SearchNarrowing narrowing;
    private final RecordSearch search;
    private final RequestScope scope;

    public ConditionSearch(SearchNarrowing narrowing, RecordSearch search, RequestScope scope) {
        this.narrowing = narrowing;
        this.search = search;
        this.scope = scope;
    }

    /** The ids of what a narrowed condition finds, two at most. */
    public List<String> ids(SearchRequest narrowed) {
        return search.ids(narrowed.resourceType(), narrowed.parameters(), 2);
    }

    /** The ids of what the caller may find by a condition, two at most; none where it may not search so at all. */
    List<String> visible(RequestDetails request, String resourceType, String condition) {
        Narrowing outcome = outcome(request, resourceType, condition);
        return outcome instanceof Narrowing.Narrowed narrowed ? ids(narrowed.search()) : List.of();
    }

    /** The narrowed condition as a URL that HAPI can match, e.g. {@code Observation?code=…&patient=…}. */
    public String url(RequestDetails request, String resourceType, String condition) {
        SearchRequest narrowed = withoutExclusion(request, narrow(request, resourceType, condition));
        return resourceType + "?"
                + narrowed.parameters().entrySet().stream()
                        .flatMap(each -> each.getValue().stream()
                                .map(value -> each.getKey() + "=" + UrlUtil.escapeUrlParam(value)))
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    /**
     * A URL cannot exclude single records: HAPI would match those and no others. So it names what the search finds. When
     * that is nothing, no URL says so of every record but the excluded ones, and it is refused, whether one of them is meant or not.
     */
    private SearchRequest withoutExclusion(RequestDetails request, SearchRequest narrowed) {
        if (!narrowed.names(NOT_ID)) {
            return narrowed;
        }
        List<String> found = ids(narrowed);
        if (found.isEmpty()) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(
                            DenialCode.CONDITION, "single records are excluded, which a condition cannot say"),
                    null);
        }
        return narrowed.without(Set.of(NOT_ID)).and(ID, found);
    }

    /**
     * The condition as a search of what the caller may find.
     *
     * @param condition a query, percent-encoded as in a URL; its parameters must be open to the caller
     */
    public SearchRequest narrow(RequestDetails request, String resourceType, String condition) {
        Narrowing outcome = outcome(request, resourceType, condition);
        if (outcome instanceof Narrowing.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        Narrowing.Narrowed narrowed = (Narrowing.Narrowed) outcome;
        narrowed.withheld().forEach(each -> DenialLedger.note(request, each.deny(), each.patientId()));
        return narrowed.search();
    }

    private Narrowing outcome(RequestDetails request, String resourceType, String condition) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        UrlUtil.parseQueryString(condition)
                .forEach((name, values) ->
                        parameters.put(name, Arrays.stream(values).distinct().toList()));
        return narrowing.narrow(
                CurrentCaller.require(request),
                new SearchRequest(resourceType, parameters),
                scope.standings(request),
                scope.references(request));
    }
}
