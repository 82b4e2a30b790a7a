package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a search may pass over (search.html#errors): parameters that neither R4 nor this server defines for the type, when
 * the client asks for lenient handling. One that is defined and closed stays a refusal, since it says what the client relies
 * on; so does a name that begins with an underscore, since it shapes the result.
 */
public final class LenientForm {

    private final AccessMatrix matrix;
    private final SearchDefinitions definitions;

    public LenientForm(AccessMatrix matrix, SearchDefinitions definitions) {
        this.matrix = matrix;
        this.definitions = definitions;
    }

    /**
     * The names that are passed over, in order.
     *
     * @param preferences the occurrences of the header {@code Prefer} (RFC 7240)
     */
    public List<String> passedOver(
            String resourceType, Map<String, List<String>> parameters, Collection<String> preferences) {
        return Preferences.of(preferences).isLenient() && !isCount(parameters)
                ? parameters.keySet().stream()
                        .filter(name -> isUnknown(resourceType, name))
                        .sorted()
                        .toList()
                : List.of();
    }

    /** It has no place that tells what was passed over. */
    private static boolean isCount(Map<String, List<String>> parameters) {
        return parameters.getOrDefault("_summary", List.of()).contains("count")
                || parameters.getOrDefault("_count", List.of()).contains("0");
    }

    private boolean isUnknown(String resourceType, String name) {
        Optional<String> parameter = SearchKey.parse(name).map(LenientForm::first);
        return parameter.isPresent()
                && !parameter.get().startsWith("_")
                && definitions.find(resourceType, parameter.get()).isEmpty()
                && !matrix.searchParameters(resourceType).contains(parameter.get());
    }

    /** What a name begins with; a reverse chain begins with another type's. */
    private static String first(SearchKey key) {
        if (key instanceof SearchKey.Has) {
            return "_has";
        }
        return key instanceof SearchKey.Chain chain
                ? chain.reference()
                : key.innermost().parameter();
    }
}
