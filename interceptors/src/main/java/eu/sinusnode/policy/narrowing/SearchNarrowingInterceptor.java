package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;

/**
 * Writes what a search may find into the request itself, before HAPI builds its arguments and its cache key from it. One
 * that covers more patients than can be written into it is refused, unless it is a {@link PopulationSearch}, as which one
 * patient's vital signs are found, too. The answer's self link is the caller's own search again: the parameters that were
 * added name other patients.
 */
@Interceptor
public final class SearchNarrowingInterceptor {

    private static final String ASKED = SearchNarrowingInterceptor.class.getName() + ".asked";
    private static final Decision.Deny TOO_MANY_TO_NAME = new Decision.Deny(
            DenialCode.SEARCH_TOO_WIDE,
            "a condition through a reference stands for more than " + SubSearches.MOST_MATCHES
                    + " records, which a search that names patients or records, or asks for a total, cannot be held against");

    private final SubSearches subSearches;
    private final SearchNarrowing narrowing;
    private final PopulationSearchReader populations;
    private final WideSearchReader wide;
    private final RequestScope scope;

    public SearchNarrowingInterceptor(
            SubSearches subSearches,
            SearchNarrowing narrowing,
            PopulationSearchReader populations,
            WideSearchReader wide,
            RequestScope scope) {
        this.subSearches = subSearches;
        this.narrowing = narrowing;
        this.populations = populations;
        this.wide = wide;
        this.scope = scope;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING)
    public void narrow(RequestDetails request) {
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        SubSearches.Outcome resolved = subSearches.resolve(
                caller, RequestScope.search(request), scope.standings(request), scope.references(request));
        if (resolved instanceof SubSearches.Outcome.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        note(request, ((SubSearches.Outcome.Resolved) resolved).withheld());
        ResolvedSearch asked = ((SubSearches.Outcome.Resolved) resolved).search();
        SearchRequest search = asked.search();
        scope.resolved(request, search);
        Narrowing outcome = narrowing.narrow(caller, search, scope.standings(request), scope.references(request));
        if (outcome instanceof Narrowing.Narrowed narrowed) {
            note(request, narrowed.withheld());
        }
        Optional<DecidedSearch> decided = decided(caller, asked, outcome);
        if (decided.isPresent()) {
            answerAs(decided.get(), search, request);
        } else if (search.names(OpenParameters.PAGE)) {
            throw PopulationPages.expired(request);
        } else if (outcome instanceof Narrowing.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        } else if (!asked.linked().isEmpty()) {
            throw DenialLedger.refuse(request, TOO_MANY_TO_NAME, null);
        } else {
            rewrite(request, ((Narrowing.Narrowed) outcome).search());
        }
    }

    /** What is not left to the storage: of one patient's readings, of more patients than can be named, the pages of either. */
    private Optional<DecidedSearch> decided(Caller caller, ResolvedSearch asked, Narrowing outcome) {
        // The readings know nothing of what is not in the search itself.
        boolean whole = asked.linked().isEmpty();
        if (whole && outcome instanceof Narrowing.Narrowed narrowed) {
            Optional<PopulationSearch> ofOne = populations.readOfOne(caller, asked.search(), narrowed.search());
            if (ofOne.isPresent()) {
                return ofOne.map(DecidedSearch.class::cast);
            }
        }
        // However many patients permit it by now: a page goes on where an earlier one ended.
        if (!asked.isAskedWide(outcome) && !asked.search().names(OpenParameters.PAGE)) {
            return Optional.empty();
        }
        Optional<PopulationSearch> ofReadings = whole ? populations.read(caller, asked.search()) : Optional.empty();
        return ofReadings.isPresent()
                ? ofReadings.map(DecidedSearch.class::cast)
                : wide.read(caller, asked).map(DecidedSearch.class::cast);
    }

    /** Whoever answers without knowing of it finds nothing. */
    private static void answerAs(DecidedSearch decided, SearchRequest asked, RequestDetails request) {
        PopulationPages.keep(request, decided);
        rewrite(request, SearchNarrowing.findingNothing(asked));
    }

    private static void rewrite(RequestDetails request, SearchRequest search) {
        request.getUserData().put(ASKED, request.getParameters());
        Map<String, String[]> parameters = new HashMap<>();
        // A condition that is given twice says nothing more, and the storage takes it for a mistake.
        search.parameters()
                .forEach((name, values) ->
                        parameters.put(name, values.stream().distinct().toArray(String[]::new)));
        request.setParameters(parameters);
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.LINKS)
    public void restoreSelfLink(RequestDetails request, ResponseDetails response) {
        Object asked = request.getUserData().get(ASKED);
        if (asked == null || !(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        @SuppressWarnings("unchecked")
        Map<String, String[]> parameters = (Map<String, String[]>) asked;
        request.setParameters(new HashMap<>(parameters));
        BundleLinkComponent self = bundle.getLink("self");
        if (self != null) {
            self.setUrl(RestfulServerUtils.createLinkSelf(request.getFhirServerBase(), request));
        }
    }

    private static void note(RequestDetails request, List<Withheld> withheld) {
        withheld.forEach(each -> DenialLedger.note(request, each.deny(), each.patientId()));
    }
}
