package eu.sinusnode.policy.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that a search compares with, in its own conditions and at the end of those through references. */
public final class SearchedValues {

    /** How often values may be compared with in one search; one occurrence beside another is an AND. */
    static final int MOST_OCCURRENCES = 10;

    private final SearchDefinitions definitions;

    public SearchedValues(SearchDefinitions definitions) {
        this.definitions = definitions;
    }

    /** Why one of them cannot be read, whoever asks and whatever it would find; empty when all can be. */
    public Optional<String> malformed(String resourceType, Map<String, List<String>> parameters) {
        long occurrences = parameters.entrySet().stream()
                .filter(each -> parameter(resourceType, each.getKey()).isPresent())
                .mapToLong(each -> each.getValue().size())
                .sum();
        if (occurrences > MOST_OCCURRENCES) {
            return Optional.of("a search compares with values " + MOST_OCCURRENCES + " times at most");
        }
        return parameters.entrySet().stream()
                .flatMap(each -> parameter(resourceType, each.getKey()).stream()
                        .flatMap(parameter ->
                                each.getValue().stream().map(occurrence -> ValueCondition.read(parameter, occurrence))))
                .filter(ValueCondition.Reading.Refused.class::isInstance)
                .map(refused -> ((ValueCondition.Reading.Refused) refused).reason())
                .sorted()
                .findFirst();
    }

    private Optional<ValueParameter> parameter(String resourceType, String name) {
        String type = resourceType;
        SearchKey key = SearchKey.parse(name).orElse(null);
        while (key != null && !(key instanceof SearchKey.Plain)) {
            if (key instanceof SearchKey.Has has) {
                type = has.type();
                key = has.rest();
            } else {
                SearchKey.Chain chain = (SearchKey.Chain) key;
                type = definitions.target(type, chain).orElse("");
                key = chain.rest();
            }
        }
        return key == null
                ? Optional.empty()
                : ValueParameter.of(type, key.innermost().parameter());
    }
}
