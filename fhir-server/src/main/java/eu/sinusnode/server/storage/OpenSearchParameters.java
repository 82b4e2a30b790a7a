package eu.sinusnode.server.storage;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.search.ValueParameter;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.search.values.ValueConditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The search parameters that the storage indexes: those that the policies open and no others, since two thirds of a
 * write's work is indexing. R4 defines many parameters once for a dozen types; here each type has its own, with only its
 * own path to evaluate. Those that ask for the values of Observations share one.
 */
final class OpenSearchParameters implements ISearchParamProvider {

    private static final Set<String> ON_EVERY_TYPE = Set.of("_id", "_lastUpdated", RecordFacts.LABELS);

    private final List<SearchParameter> parameters;

    /** @param openByType resource types and the names of their open parameters */
    OpenSearchParameters(R4SearchParameters r4, Map<String, Set<String>> openByType) {
        List<SearchParameter> open = new ArrayList<>();
        openByType.forEach((type, names) -> {
            Set<String> values = new TreeSet<>(names);
            values.removeIf(name -> ValueParameter.of(type, name).isEmpty());
            if (!values.isEmpty()) {
                open.addAll(ValueConditions.indexed());
            }
            names.stream()
                    .filter(name -> !values.contains(name))
                    .forEach(name -> open.add(of(type, r4.require(type, name), names)));
            ON_EVERY_TYPE.forEach(name -> open.add(of(type, r4.require(type, name), names)));
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

    /** It has an id and a URL of its own: of two with one URL, HAPI would forget the first. */
    private static SearchParameter of(String type, SearchParameter definition, Set<String> open) {
        String name = type + "-" + definition.getCode();
        SearchParameter own = definition.copy();
        own.setId("SearchParameter/" + name);
        own.setUrl(Canonicals.BASE + "/SearchParameter/" + name);
        own.setStatus(PublicationStatus.ACTIVE);
        own.getBase().clear();
        own.addBase(type);
        own.setExpression(oneLink(type, pathOf(type, definition), open));
        return own;
    }

    /**
     * A patient who is the subject is one link, not two: whose path is the subject's is found by either parameter, and what
     * is asked for as {@code patient} is a Patient.
     */
    private static String oneLink(String type, String path, Set<String> open) {
        String subject = type + ".subject";
        return open.contains("subject") && path.equals(subject + ".where(resolve() is Patient)") ? subject : path;
    }

    /** Those of the alternatives that begin at the type, or at every type. */
    static String pathOf(String type, SearchParameter definition) {
        Pattern ofType = Pattern.compile("\\(*(" + type + "|Resource)\\b.*");
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
