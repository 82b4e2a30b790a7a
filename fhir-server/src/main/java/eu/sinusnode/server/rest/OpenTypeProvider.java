package eu.sinusnode.server.rest;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.annotation.At;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.RawParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Since;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import eu.sinusnode.policy.narrowing.DecidedSearch;
import eu.sinusnode.policy.narrowing.PopulationPages;
import eu.sinusnode.server.interactions.CurrentVersions;
import eu.sinusnode.server.interactions.Histories;
import eu.sinusnode.server.interactions.HistoryWindow;
import eu.sinusnode.server.population.Populations;
import eu.sinusnode.server.search.RawSearch;
import eu.sinusnode.server.search.SearchOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;

/**
 * The interactions that are open on a resource type, and no others: HAPI's own provider would bring a dozen operations with
 * it, and histories and patches that pass the policies by.
 */
final class OpenTypeProvider<T extends IBaseResource> implements IResourceProvider {

    private final String type;
    private final IFhirResourceDao<T> dao;
    private final CurrentVersions current;
    private final Histories histories;
    private final Populations populations;

    /** @param type as FHIR names it; the class of a List has another name */
    OpenTypeProvider(
            String type,
            IFhirResourceDao<T> dao,
            CurrentVersions current,
            Histories histories,
            Populations populations) {
        this.type = type;
        this.dao = dao;
        this.current = current;
        this.histories = histories;
        this.populations = populations;
    }

    @Override
    public Class<T> getResourceType() {
        return dao.getResourceType();
    }

    @Read(version = true)
    public T read(@IdParam IIdType id, RequestDetails request) {
        try {
            if (!id.hasVersionIdPart()) {
                return current.read(type, dao.getResourceType(), id, request);
            }
            histories.requireVisible(type, id, request);
            return dao.read(id, request);
        } catch (ResourceGoneException gone) {
            throw histories.gone(type, id, request);
        }
    }

    @History
    public IBundleProvider history(
            @IdParam IIdType id,
            @Since @Nullable InstantType since,
            @At @Nullable DateRangeParam at,
            @Count @Nullable Integer count,
            RequestDetails request) {
        return histories.ofRecord(type, dao, id, window(since, at), count, request);
    }

    @History
    public IBundleProvider history(
            @Since @Nullable InstantType since,
            @At @Nullable DateRangeParam at,
            @Count @Nullable Integer count,
            RequestDetails request) {
        return histories.ofType(type, dao, window(since, at), count, request);
    }

    private static HistoryWindow window(@Nullable InstantType since, @Nullable DateRangeParam at) {
        return new HistoryWindow(
                since == null ? null : instant(since.getValue()),
                at == null ? null : instant(at.getLowerBoundAsInstant()),
                at == null ? null : instant(at.getUpperBoundAsInstant()));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    /**
     * Every parameter comes raw; the storage knows its search parameters and refuses others.
     *
     * @param parameters null when no name begins without an underscore
     */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(
            @RawParam @Nullable Map<String, List<String>> parameters,
            @Sort @Nullable SortSpec sort,
            @Count @Nullable Integer count,
            @Nullable SearchTotalModeEnum total,
            @Nullable SummaryEnum summary,
            RequestDetails request,
            HttpServletResponse response) {
        if (count != null && count < 0) {
            throw new InvalidRequestException("_count is " + count + "; it must be 0 or more.");
        }
        Optional<DecidedSearch> decided = PopulationPages.asked(request);
        if (decided.isPresent()) {
            return populations.answer(decided.get(), request);
        }
        SearchParameterMap search = RawSearch.of(dao, parameters == null ? Map.of() : parameters, given(request));
        SearchOrder.sort(search, sort);
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
        return decided == null || ConditionalCreate.isNone(decided)
                ? dao.create(resource, request)
                : dao.create(resource, decided, request);
    }

    /** It is settled before which record is meant; a condition that found none makes a create of it. */
    @Update
    public MethodOutcome update(
            @IdParam @Nullable IIdType id,
            @ResourceParam T resource,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails request) {
        RequestedWrite write = RequestedWrites.of(request).get(0);
        if (write.interaction() == Interaction.CREATE) {
            MethodOutcome created = dao.create(resource, request);
            request.getResponse()
                    .addHeader(
                            Constants.HEADER_LOCATION,
                            created.getId()
                                    .withServerBase(request.getFhirServerBase(), type)
                                    .getValue());
            return created;
        }
        resource.setId(target(write));
        return dao.update(resource, request);
    }

    /** The patch has been carried out before; what it made of the record is stored. */
    @Patch
    public MethodOutcome patch(
            @IdParam @Nullable IIdType id,
            PatchTypeEnum kind,
            @ResourceParam String body,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails request) {
        RequestedWrite write = RequestedWrites.of(request).get(0);
        T patched = dao.getResourceType().cast(write.resource());
        patched.setId(target(write));
        return dao.update(patched, request);
    }

    /** 204 also when nothing is there to delete and the caller may know that. */
    @Delete
    public MethodOutcome delete(
            @IdParam @Nullable IIdType id, @ConditionalUrlParam @Nullable String condition, RequestDetails request) {
        RequestedWrites.of(request).forEach(write -> dao.delete(target(write), request));
        return new MethodOutcome();
    }

    private static IIdType target(RequestedWrite write) {
        return new IdType(write.resourceType(), write.id(), write.ifMatch());
    }

    private static Map<String, List<String>> given(RequestDetails request) {
        Map<String, List<String>> given = new HashMap<>();
        request.getParameters().forEach((name, values) -> given.put(name, List.of(values)));
        return given;
    }
}
