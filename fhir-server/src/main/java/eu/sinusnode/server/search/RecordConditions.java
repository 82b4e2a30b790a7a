package eu.sinusnode.server.search;

import ca.uhn.fhir.rest.param.TokenAndListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which records are meant by their ids, and which are not. HAPI takes all conditions of both kinds for one set of ids and
 * asks for those in it, or for those outside of it when any of them excludes: both kinds together, or a record excluded by each of two
 * conditions, would find what is excluded. So it gets only one kind from here.
 */
final class RecordConditions {

    static final String ID = "_id";
    static final String NOT_ID = "_id:not";

    private RecordConditions() {}

    /**
     * @param named each occurrence one string
     * @param excluded likewise; a record that one of them names is not found
     */
    static TokenAndListParam of(List<String> named, List<String> excluded) {
        Set<String> without = excluded.stream()
                .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                .map(RecordConditions::id)
                .collect(Collectors.toSet());
        TokenAndListParam conditions = new TokenAndListParam();
        for (String occurrence : named) {
            List<String> left = SearchRequest.alternatives(occurrence).stream()
                    .filter(value -> !without.contains(id(value)))
                    .toList();
            conditions.addAnd(alternatives(left.isEmpty() ? List.of(SearchNarrowing.NOBODY) : left, null));
        }
        if (named.isEmpty() && !without.isEmpty()) {
            conditions.addAnd(alternatives(without.stream().sorted().toList(), TokenParamModifier.NOT));
        }
        return conditions;
    }

    private static TokenOrListParam alternatives(List<String> values, @Nullable TokenParamModifier modifier) {
        TokenOrListParam alternatives = new TokenOrListParam();
        values.forEach(value -> alternatives.add(new TokenParam(value).setModifier(modifier)));
        return alternatives;
    }

    private static String id(String value) {
        return value.substring(value.indexOf('/') + 1);
    }
}
