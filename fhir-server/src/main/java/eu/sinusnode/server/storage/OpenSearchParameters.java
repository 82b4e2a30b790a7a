package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The search parameters that the storage indexes: those that the policies open and no others, since two thirds of a
 * write's work is indexing. R4 defines many parameters once for a dozen types; here each type has its own, with only its
 * own path to evaluate.
 */
final class OpenSearchParameters implements ISearchParamProvider {

    private static final Set<String> ON_EVERY_TYPE = Set.of("_id", "_lastUpdated");

    private final List<SearchParameter> parameters;

    /** @param openByType resource types and the names of their open parameters */
    OpenSearchParameters(FhirContext context, Map<String, Set<String>> openByType) {
        List<SearchParameter> defined =
                Objects.requireNonNull(context.getValidationSupport().fetchAllSearchParameters()).stream()
                        .map(SearchParameter.class::cast)
                        .toList();
        List<SearchParameter> open = new ArrayList<>();
        openByType.forEach((type, names) -> {
            names.forEach(name -> open.add(ownOf(type, name, defined)));
            ON_EVERY_TYPE.forEach(name -> open.add(ofEveryType(type, name, defined)));
        });
        this.parameters = List.copyOf(open);
    }

    List<SearchParameter> parameters() {
        return parameters;
    }

    @Override
    public IBundleProvider search(SearchParameterMap everything) {
        return new SimpleBundleProvider(parameters);
    }

    @Override
    public IBaseResource read(IIdType id) {
        return parameters.stream()
                .filter(parameter -> parameter.getIdElement().getIdPart().equals(id.getIdPart()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    private static SearchParameter ownOf(String type, String name, List<SearchParameter> defined) {
        SearchParameter definition = defined.stream()
                .filter(parameter -> name.equals(parameter.getCode()) && hasBase(parameter, type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("R4 defines no search parameter " + name + " on " + type));
        return of(type, name, definition, pathOf(type, definition));
    }

    private static SearchParameter ofEveryType(String type, String name, List<SearchParameter> defined) {
        SearchParameter definition = defined.stream()
                .filter(parameter -> name.equals(parameter.getCode()) && hasBase(parameter, "Resource"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("R4 defines no search parameter " + name));
        return of(type, name, definition, definition.getExpression());
    }

    private static SearchParameter of(String type, String name, SearchParameter definition, String path) {
        SearchParameter own = definition.copy();
        own.setId("SearchParameter/" + type + "-" + name);
        own.setStatus(PublicationStatus.ACTIVE);
        own.getBase().clear();
        own.addBase(type);
        own.setExpression(path);
        return own;
    }

    private static boolean hasBase(SearchParameter parameter, String type) {
        return parameter.getBase().stream().anyMatch(base -> type.equals(base.getCode()));
    }

    /** Those of the alternatives that begin at the type. */
    static String pathOf(String type, SearchParameter definition) {
        Pattern ofType = Pattern.compile("\\(*" + type + "\\b.*");
        String path = Arrays.stream(definition.getExpression().split("\\|"))
                .map(String::strip)
                .filter(alternative -> ofType.matcher(alternative).matches())
                .collect(Collectors.joining(" | "));
        if (path.isEmpty()) {
            throw new IllegalStateException(
                    "The search parameter " + definition.getUrl() + " has no path on " + type + ".");
        }
        return path;
    }
}
