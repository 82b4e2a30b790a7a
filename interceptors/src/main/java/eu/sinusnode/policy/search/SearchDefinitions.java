package eu.sinusnode.policy.search;

import eu.sinusnode.policy.access.AccessMatrix;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;

/** What the parameters of the open types mean: their kind, the elements that they read, what their references may name. */
public final class SearchDefinitions {

    private static final String ANY_TYPE = "Resource";

    /** Beside a Patient, R4 lets some of them name groups and places; here each record is one patient's. */
    private static final Set<String> NAME_PATIENTS = Set.of("patient", "subject", "beneficiary");

    private static final Pattern OF_TYPE = Pattern.compile(".*resolve\\(\\) is ([A-Z][A-Za-z]+).*", Pattern.DOTALL);

    /**
     * One parameter of one type.
     *
     * @param targets of a reference, the open types that it may name; else empty
     * @param paths of a reference, where it stands; else empty
     */
    public record Definition(
            String resourceType, String name, SearchParamType kind, Set<String> targets, List<ReferencePath> paths) {
        public Definition {
            targets = Set.copyOf(targets);
            paths = List.copyOf(paths);
        }

        public boolean isReference() {
            return kind == SearchParamType.REFERENCE;
        }

        /** Whether it says whose a record is; such a condition decides what a search may find. */
        public boolean namesPatients() {
            return isReference() && NAME_PATIENTS.contains(name);
        }
    }

    private final Map<String, Map<String, Definition>> byType = new HashMap<>();

    private SearchDefinitions() {}

    /** @param all R4's and the server's own, in any order */
    public static SearchDefinitions of(Collection<SearchParameter> all, AccessMatrix matrix) {
        SearchDefinitions definitions = new SearchDefinitions();
        for (String type : matrix.resourceTypes()) {
            Map<String, Definition> ofType = new HashMap<>();
            all.stream()
                    .filter(parameter -> hasBase(parameter, type) || hasBase(parameter, ANY_TYPE))
                    .forEach(parameter -> ofType.putIfAbsent(parameter.getCode(), read(type, parameter, matrix)));
            definitions.byType.put(type, ofType);
        }
        return definitions;
    }

    /** Empty when the type is closed or has no such parameter; whether the parameter is open is not said here. */
    public Optional<Definition> find(String resourceType, String name) {
        return Optional.ofNullable(byType.getOrDefault(resourceType, Map.of()).get(name));
    }

    /** The one type of record that a chain leads to; empty when there is none, or its name has to say which. */
    public Optional<String> target(String resourceType, SearchKey.Chain chain) {
        Set<String> targets =
                find(resourceType, chain.reference()).map(Definition::targets).orElse(Set.of());
        if (chain.type() != null) {
            return targets.contains(chain.type()) ? Optional.of(chain.type()) : Optional.empty();
        }
        return targets.size() == 1 ? Optional.of(targets.iterator().next()) : Optional.empty();
    }

    private static Definition read(String type, SearchParameter parameter, AccessMatrix matrix) {
        if (parameter.getType() != SearchParamType.REFERENCE) {
            return new Definition(type, parameter.getCode(), parameter.getType(), Set.of(), List.of());
        }
        List<String> alternatives = Arrays.stream(parameter.getExpression().split("\\|"))
                .map(String::strip)
                .filter(alternative -> alternative.matches("\\(*" + type + "\\b.*"))
                .toList();
        Set<String> targets = parameter.getTarget().stream()
                .map(target -> target.getCode())
                .filter(matrix.resourceTypes()::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        targets.retainAll(narrower(alternatives, parameter.getCode(), targets));
        return new Definition(
                type,
                parameter.getCode(),
                SearchParamType.REFERENCE,
                targets,
                alternatives.stream().map(ReferencePath::parse).distinct().toList());
    }

    private static Set<String> narrower(List<String> alternatives, String name, Set<String> targets) {
        if (NAME_PATIENTS.contains(name) && targets.contains("Patient")) {
            return Set.of("Patient");
        }
        List<Matcher> typed = alternatives.stream().map(OF_TYPE::matcher).toList();
        return !typed.isEmpty() && typed.stream().allMatch(Matcher::matches)
                ? typed.stream().map(form -> form.group(1)).collect(Collectors.toSet())
                : targets;
    }

    private static boolean hasBase(SearchParameter parameter, String type) {
        return parameter.getBase().stream().anyMatch(base -> type.equals(base.getCode()));
    }
}
