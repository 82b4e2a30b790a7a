package eu.sinusnode.server.export.job;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import eu.sinusnode.server.search.RawSearch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code _typeFilter}: searches within one patient's records, or within named records of nobody. They only choose among
 * what is decided record by record afterwards, and they ask about the records themselves alone, so they tell nothing of
 * what is not given.
 */
public class TypeFilters {

    private final DaoRegistry daos;
    private final IHapiTransactionService transactions;

    public TypeFilters(DaoRegistry daos, IHapiTransactionService transactions) {
        this.daos = daos;
        this.transactions = transactions;
    }

    /**
     * Names and values of a filter.
     *
     * @param query as behind the question mark of a URL
     * @throws IllegalArgumentException when a value is not URL-encoded as it must be
     */
    public static Map<String, List<String>> conditions(String query) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        for (String condition : query.split("&")) {
            int equals = condition.indexOf('=');
            String name = equals < 0 ? condition : condition.substring(0, equals);
            String value = equals < 0 ? "" : condition.substring(equals + 1);
            conditions
                    .computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), none -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return conditions;
    }

    /**
     * @throws BaseServerResponseException when the storage cannot search so
     * @throws DataFormatException when a value is not of the form that its parameter takes
     */
    public void check(String type, String query) {
        search(daos.getResourceDao(type), query);
    }

    /** By type that has filters, the keys of the patient's records that one of them finds. */
    Map<String, Set<Long>> ofPatient(Map<String, List<String>> filters, String patientId) {
        Map<String, Set<Long>> keys = new TreeMap<>();
        filters.forEach((type, queries) -> SearchedPatients.parameter(type)
                .ifPresent(parameter ->
                        keys.put(type, find(type, queries, search -> within(search, parameter, patientId)))));
        return keys;
    }

    /** @param paths {@code Type/id} */
    Map<String, Set<Long>> named(Map<String, List<String>> filters, Collection<String> paths) {
        Map<String, Set<Long>> keys = new TreeMap<>();
        filters.forEach((type, queries) -> {
            TokenOrListParam ids = new TokenOrListParam();
            paths.stream()
                    .filter(path -> path.startsWith(type + "/"))
                    .forEach(path -> ids.add(new TokenParam(path.substring(type.length() + 1))));
            keys.put(type, ids.size() == 0 ? Set.of() : find(type, queries, search -> search.add("_id", ids)));
        });
        return keys;
    }

    private static void within(SearchParameterMap search, String parameter, String patientId) {
        if (parameter.equals("_id")) {
            search.add(parameter, new TokenParam(patientId));
        } else {
            search.add(parameter, new ReferenceParam("Patient/" + patientId));
        }
    }

    private interface Within {
        void limit(SearchParameterMap search);
    }

    private Set<Long> find(String type, List<String> queries, Within within) {
        IFhirResourceDao<?> dao = daos.getResourceDao(type);
        return transactions.withSystemRequest().execute(() -> {
            Set<Long> keys = new HashSet<>();
            for (String query : queries) {
                SearchParameterMap search = search(dao, query);
                within.limit(search);
                List<JpaPid> found = dao.searchForIds(search, new SystemRequestDetails());
                found.forEach(key -> keys.add(key.getId()));
            }
            return keys;
        });
    }

    private static SearchParameterMap search(IFhirResourceDao<?> dao, String query) {
        return RawSearch.of(dao, conditions(query)).setLoadSynchronous(true);
    }
}
