package eu.sinusnode.server.population;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.narrowing.WideSearch;
import eu.sinusnode.server.search.RawSearch;
import eu.sinusnode.server.search.SearchOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the storage finds, whosever it is, as the numbers of its rows: for those who decide on each of them. */
public final class FoundRows {

    private final DaoRegistry daos;

    public FoundRows(DaoRegistry daos) {
        this.daos = daos;
    }

    /** The first ones, in the order of the search. */
    List<Long> first(WideSearch search, int most) {
        IFhirResourceDao<?> dao = daos.getResourceDao(search.resourceType());
        SearchParameterMap asked = RawSearch.of(dao, StoredSearch.distinct(search.conditions()));
        SearchOrder.sort(asked, order(search.order()));
        asked.setLoadSynchronousUpTo(most);
        List<JpaPid> found = dao.searchForIds(asked, new SystemRequestDetails());
        return found.stream().map(JpaPid::getId).distinct().toList();
    }

    private static @Nullable SortSpec order(List<String> keys) {
        SortSpec first = null;
        for (int i = keys.size() - 1; i >= 0; i--) {
            first = key(keys.get(i), first);
        }
        return first;
    }

    private static SortSpec key(String key, @Nullable SortSpec then) {
        boolean descends = key.startsWith("-");
        return new SortSpec(descends ? key.substring(1) : key, descends ? SortOrderEnum.DESC : SortOrderEnum.ASC, then);
    }
}
