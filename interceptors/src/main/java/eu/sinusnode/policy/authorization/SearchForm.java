package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.search.IncludeKey;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchDefinitions.Definition;
import eu.sinusnode.policy.search.SearchKey;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;

/**
 * What a type search may ask. A condition is open when its parameter and modifier are; one through a reference, when a
 * search of the type that the reference leads to would be open to the same caller and token, with the same condition.
 */
public final class SearchForm {

    /** How many references a condition may go through. */
    static final int DEEPEST = 3;

    private static final Decision OPEN = Decision.Permit.of("parameters", "all of them are open");

    /**
     * Modifiers that the storage answers from what it indexes anyway. A token's text ({@code :text}), hierarchies ({@code
     * :below}, {@code :above}) and identifiers inside references are not indexed.
     */
    private static final Map<SearchParamType, Set<String>> MODIFIERS = Map.of(
            SearchParamType.TOKEN, Set.of("not", "missing"),
            SearchParamType.STRING, Set.of("exact", "contains", "missing"),
            SearchParamType.REFERENCE, Set.of("missing"),
            SearchParamType.DATE, Set.of("missing"),
            SearchParamType.QUANTITY, Set.of("missing"),
            SearchParamType.NUMBER, Set.of("missing"),
            SearchParamType.URI, Set.of("missing"));

    /** The storage does not know it for dates, and how near is near R4 leaves open. */
    private static final Pattern APPROXIMATELY = Pattern.compile("(?:^|,)\\s*ap");

    /** They are looked for in the full text, which knows no chains, modifiers or order. */
    private static final Set<String> WORDS = Set.of("_text", "_content");

    private static final Set<SearchParamType> SORTABLE = Set.of(
            SearchParamType.DATE,
            SearchParamType.STRING,
            SearchParamType.TOKEN,
            SearchParamType.QUANTITY,
            SearchParamType.NUMBER,
            SearchParamType.URI);

    private static final Map<String, Set<String>> SHAPES = Map.of(
            "_total", Set.of("accurate", "estimate", "none"),
            "_summary", Set.of("count"));

    private final AccessMatrix matrix;
    private final AuthorizationPolicy authorization;
    private final SearchDefinitions definitions;
    private final IncludeForm includes;

    public SearchForm(
            AccessMatrix matrix,
            AuthorizationPolicy authorization,
            SearchDefinitions definitions,
            IncludeForm includes) {
        this.matrix = matrix;
        this.authorization = authorization;
        this.definitions = definitions;
        this.includes = includes;
    }

    /** @param parameters by name, each occurrence as it stands in the URL */
    public Decision decide(Caller caller, String resourceType, Map<String, List<String>> parameters) {
        Decision along = matrix.hasOwnSearch(resourceType) ? OPEN : includes.decide(caller, parameters);
        return along instanceof Decision.Deny ? along : decideConditions(caller, resourceType, parameters);
    }

    private Decision decideConditions(Caller caller, String resourceType, Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> decide(caller, resourceType, each.getKey(), each.getValue()))
                .filter(Decision.Deny.class::isInstance)
                .findFirst()
                .orElse(OPEN);
    }

    private Decision decide(Caller caller, String resourceType, String name, List<String> values) {
        if (OpenParameters.PRESENTATION.contains(name)) {
            return OPEN;
        }
        if (matrix.hasOwnSearch(resourceType)) {
            return matrix.searchParameters(caller.kind(), resourceType).contains(name)
                    ? OPEN
                    : closed(name, resourceType);
        }
        if (WORDS.contains(name)) {
            return isOpen(caller, resourceType, name) ? OPEN : closed(name, resourceType);
        }
        // A page that no search of the caller's told of is found to be none.
        if (name.equals("_count") || name.equals(OpenParameters.PAGE) || IncludeKey.isName(name)) {
            return OPEN;
        }
        if (name.equals("_sort")) {
            return decideSort(caller, resourceType, values);
        }
        if (SHAPES.containsKey(name)) {
            return values.stream().allMatch(SHAPES.get(name)::contains)
                    ? OPEN
                    : deny(name + " takes " + SHAPES.get(name) + " only");
        }
        Optional<SearchKey> key = SearchKey.parse(name);
        if (key.isEmpty()) {
            return closed(name, resourceType);
        }
        if (key.get().depth() > DEEPEST) {
            return deny("a condition may go through " + DEEPEST + " references at most");
        }
        return decide(caller, resourceType, key.get(), values);
    }

    private Decision decide(Caller caller, String resourceType, SearchKey key, List<String> values) {
        if (key instanceof SearchKey.Plain plain) {
            return decidePlain(caller, resourceType, plain, values);
        }
        if (key instanceof SearchKey.Chain chain) {
            if (!isOpen(caller, resourceType, chain.reference())) {
                return closed(key.name(), resourceType);
            }
            Optional<String> target = definitions.target(resourceType, chain);
            return target.isEmpty()
                    ? deny("parameter " + OpenParameters.printable(key.name()) + " must say which type "
                            + chain.reference() + " leads to, for example " + chain.reference() + ":Patient")
                    : decideThere(caller, target.get(), chain.rest(), values);
        }
        SearchKey.Has has = (SearchKey.Has) key;
        boolean leadsHere = definitions
                .find(has.type(), has.reference())
                .filter(definition -> definition.targets().contains(resourceType))
                .isPresent();
        Decision there =
                leadsHere ? decideThere(caller, has.type(), has.rest(), values) : closed(key.name(), resourceType);
        if (there instanceof Decision.Deny) {
            return there;
        }
        return isOpen(caller, has.type(), has.reference()) ? OPEN : closed(key.name(), resourceType);
    }

    /** As if the caller searched the other type for it. */
    private Decision decideThere(Caller caller, String resourceType, SearchKey rest, List<String> values) {
        if (matrix.hasOwnSearch(resourceType)) {
            return closed(rest.name(), resourceType);
        }
        Decision search = authorization.decide(caller, resourceType, Interaction.SEARCH);
        return search instanceof Decision.Deny ? search : decide(caller, resourceType, rest, values);
    }

    private Decision decidePlain(Caller caller, String resourceType, SearchKey.Plain plain, List<String> values) {
        Definition definition = definition(resourceType, plain.parameter());
        if (definition == null
                || WORDS.contains(plain.parameter())
                || !isOpen(caller, resourceType, plain.parameter())
                || (plain.modifier() != null && !takes(definition, plain.modifier()))) {
            return closed(plain.name(), resourceType);
        }
        boolean approximate = definition.kind() == SearchParamType.DATE
                && values.stream()
                        .anyMatch(value -> APPROXIMATELY.matcher(value).find());
        return approximate ? deny("the prefix ap is not open on a date; ask for a range with ge and le") : OPEN;
    }

    /** Whose records are looked for has to be said plainly: a negation or an absence of patients names everybody. */
    private static boolean takes(Definition definition, String modifier) {
        if (definition.name().equals(LimitingParameters.LABELS)) {
            return modifier.equals("not");
        }
        if (definition.name().startsWith("_") || isValue(definition)) {
            return false;
        }
        if (definition.isReference() && definition.targets().contains(modifier)) {
            return true;
        }
        return !definition.namesPatients()
                && MODIFIERS.getOrDefault(definition.kind(), Set.of()).contains(modifier);
    }

    private Decision decideSort(Caller caller, String resourceType, List<String> values) {
        for (String occurrence : values) {
            for (String key : occurrence.split(",", -1)) {
                String name = key.startsWith("-") ? key.substring(1) : key;
                Definition definition = definition(resourceType, name);
                boolean sorts = isOpen(caller, resourceType, name)
                        && !WORDS.contains(name)
                        && !name.equals(LimitingParameters.LABELS)
                        && definition != null
                        && !isValue(definition)
                        && SORTABLE.contains(definition.kind());
                if (!sorts) {
                    return deny("_sort of " + resourceType + " does not take " + OpenParameters.printable(name));
                }
            }
        }
        return OPEN;
    }

    /** Their index knows no absence, and values of different units have no order. */
    private static boolean isValue(Definition definition) {
        return ValueParameter.of(definition.resourceType(), definition.name()).isPresent();
    }

    private boolean isOpen(Caller caller, String resourceType, String parameter) {
        return matrix.searchParameters(caller.kind(), resourceType).contains(parameter);
    }

    private @Nullable Definition definition(String resourceType, String parameter) {
        return definitions.find(resourceType, parameter).orElse(null);
    }

    private static Decision.Deny closed(String name, String on) {
        return deny("parameter " + OpenParameters.printable(name) + " is not open on " + on);
    }

    private static Decision.Deny deny(String reason) {
        return new Decision.Deny(DenialCode.SEARCH_PARAMETER, reason);
    }
}
