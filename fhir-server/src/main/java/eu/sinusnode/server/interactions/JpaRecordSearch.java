package eu.sinusnode.server.interactions;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.RecordSearch;
import java.util.List;
import java.util.Map;

/** Searches of the server itself, for conditions that were narrowed before. */
public final class JpaRecordSearch implements RecordSearch {

    private final DaoRegistry daos;

    public JpaRecordSearch(DaoRegistry daos) {
        this.daos = daos;
    }

    @Override
    public List<String> ids(String resourceType, Map<String, List<String>> parameters, int most) {
        IFhirResourceDao<?> dao = daos.getResourceDao(resourceType);
        SearchParameterMap search = RawSearch.of(dao, parameters);
        search.setLoadSynchronousUpTo(most);
        return dao.searchForResourceIds(search, new SystemRequestDetails()).stream()
                .map(id -> id.getIdPart())
                .distinct()
                .limit(most)
                .toList();
    }
}
