package eu.sinusnode.server.search;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenAndListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.server.search.values.ValueConditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes HAPI's search of raw parameters. Of the names that begin with an underscore HAPI's arguments leave some out, so that
 * a condition would go unheard and find everything, and its translation takes {@code _lastUpdated} for a condition by itself,
 * which finds other types, too: all of them are added here.
 */
public final class RawSearch {

    static final String LABELS = RecordFacts.LABELS;
    static final String NOT_LABELS = LABELS + TokenParamModifier.NOT.getValue();

    private RawSearch() {}

    /** @param parameters by name, each occurrence one string */
    public static SearchParameterMap of(IFhirResourceDao<?> dao, Map<String, List<String>> parameters) {
        return of(dao, parameters, parameters);
    }

    /**
     * @param conditions those whose names begin without an underscore; others among them are not looked at
     * @param all with those whose names begin with one
     */
    public static SearchParameterMap of(
            IFhirResourceDao<?> dao, Map<String, List<String>> conditions, Map<String, List<String>> all) {
        String type = dao.getResourceType().getSimpleName();
        SearchParameterMap search = new SearchParameterMap();
        Map<String, List<String>> named = new LinkedHashMap<>(ValueConditions.others(type, conditions));
        named.keySet().removeIf(name -> name.startsWith("_"));
        dao.translateRawParameters(named, search);
        ValueConditions.add(search, type, conditions);
        addUnderscored(dao, search, all);
        return search;
    }

    private static void addUnderscored(
            IFhirResourceDao<?> dao, SearchParameterMap search, Map<String, List<String>> parameters) {
        TokenAndListParam ids = RecordConditions.of(
                parameters.getOrDefault(RecordConditions.ID, List.of()),
                parameters.getOrDefault(RecordConditions.NOT_ID, List.of()));
        if (!ids.getValuesAsQueryTokens().isEmpty()) {
            search.add(RecordConditions.ID, ids);
        }
        addLabels(dao, search, parameters);
        List<QualifiedParamList> instants = occurrences(parameters, "_lastUpdated");
        if (!instants.isEmpty()) {
            DateRangeParam condition = new DateRangeParam();
            condition.setValuesAsQueryTokens(dao.getContext(), "_lastUpdated", instants);
            search.setLastUpdated(condition);
        }
    }

    private static void addLabels(
            IFhirResourceDao<?> dao, SearchParameterMap search, Map<String, List<String>> parameters) {
        for (String modifier : List.of("", TokenParamModifier.NOT.getValue())) {
            parameters.getOrDefault(LABELS + modifier, List.of()).forEach(value -> {
                TokenOrListParam alternatives = new TokenOrListParam();
                alternatives.setValuesAsQueryTokens(
                        dao.getContext(),
                        LABELS,
                        QualifiedParamList.splitQueryStringByCommasIgnoreEscape(
                                modifier.isEmpty() ? null : modifier, value));
                search.add(LABELS, alternatives);
            });
        }
    }

    private static List<QualifiedParamList> occurrences(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .map(value -> QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, value))
                .toList();
    }
}
