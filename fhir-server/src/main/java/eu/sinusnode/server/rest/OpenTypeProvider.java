package eu.sinusnode.server.rest;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.RawParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenAndListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import jakarta.servlet.http.HttpServletResponse;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/**
 * The interactions that are open on a resource type, and no others: HAPI's own provider would bring history, delete,
 * patch and a dozen operations with it.
 */
final class OpenTypeProvider<T extends IBaseResource> implements IResourceProvider {

    private final IFhirResourceDao<T> dao;

    OpenTypeProvider(IFhirResourceDao<T> dao) {
        this.dao = dao;
    }

    @Override
    public Class<T> getResourceType() {
        return dao.getResourceType();
    }

    @Read
    public T read(@IdParam IIdType id, RequestDetails request) {
        return dao.read(id, request);
    }

    /**
     * Every parameter comes raw; the storage knows its search parameters and refuses others. HAPI leaves names that begin
     * with an underscore out of the raw ones, so those that are conditions are read from the request: a condition that
     * went unheard would find everything.
     */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(
            @RawParam Map<String, List<String>> parameters,
            @Sort @Nullable SortSpec sort,
            @Count @Nullable Integer count,
            @Nullable SearchTotalModeEnum total,
            @Nullable SummaryEnum summary,
            RequestDetails request,
            HttpServletResponse response) {
        if (count != null && count < 0) {
            throw new InvalidRequestException("_count is " + count + "; it must be 0 or more.");
        }
        SearchParameterMap search = new SearchParameterMap();
        dao.translateRawParameters(parameters, search);
        addIds(search, request);
        addLastUpdated(search, request);
        search.setSort(sort);
        search.setCount(count);
        search.setSearchTotalMode(total);
        search.setSummaryMode(summary);
        return dao.search(search, request, response);
    }

    /** An interceptor may have set a condition after HAPI had made the argument of the header. */
    @Create
    public MethodOutcome create(
            @ResourceParam T resource, @ConditionalUrlParam @Nullable String condition, RequestDetails request) {
        String decided = condition != null ? condition : request.getConditionalUrl(RestOperationTypeEnum.CREATE);
        return dao.create(resource, decided, request);
    }

    @Update
    public MethodOutcome update(@IdParam IIdType id, @ResourceParam T resource, RequestDetails request) {
        return dao.update(resource, request);
    }

    private void addIds(SearchParameterMap search, RequestDetails request) {
        List<QualifiedParamList> ids = occurrences(request, "_id");
        if (!ids.isEmpty()) {
            TokenAndListParam condition = new TokenAndListParam();
            condition.setValuesAsQueryTokens(dao.getContext(), "_id", ids);
            search.add("_id", condition);
        }
        for (QualifiedParamList leftOut : occurrences(request, SearchNarrowing.LEFT_OUT)) {
            TokenOrListParam condition = new TokenOrListParam();
            leftOut.forEach(
                    id -> condition.add(new TokenParam(null, id).setModifier(TokenParamModifier.NOT)));
            search.add("_id", condition);
        }
    }

    private void addLastUpdated(SearchParameterMap search, RequestDetails request) {
        List<QualifiedParamList> instants = occurrences(request, "_lastUpdated");
        if (!instants.isEmpty()) {
            DateRangeParam condition = new DateRangeParam();
            condition.setValuesAsQueryTokens(dao.getContext(), "_lastUpdated", instants);
            search.setLastUpdated(condition);
        }
    }

    private static List<QualifiedParamList> occurrences(RequestDetails request, String name) {
        return Stream.of(request.getParameters().getOrDefault(name, new String[0]))
                .map(value -> QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, value))
                .toList();
    }
}
