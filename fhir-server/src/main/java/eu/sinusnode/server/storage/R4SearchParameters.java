package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.SearchParameter;

/** The search parameters as R4 defines them, and further ones of {@link OwnSearchParameters}. */
public record R4SearchParameters(List<SearchParameter> definitions) {

    public static R4SearchParameters of(FhirContext context) {
        return new R4SearchParameters(Stream.concat(
                        Objects.requireNonNull(context.getValidationSupport().fetchAllSearchParameters()).stream()
                                .map(SearchParameter.class::cast),
                        OwnSearchParameters.all().stream())
                .toList());
    }

    /**
     * The definition for a type, or for every type.
     *
     * @throws IllegalStateException when R4 has no such parameter on the type
     */
    public SearchParameter require(String type, String name) {
        return definitions.stream()
                .filter(parameter -> name.equals(parameter.getCode()))
                .filter(parameter -> hasBase(parameter, type) || hasBase(parameter, "Resource"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("R4 defines no search parameter " + name + " on " + type));
    }

    private static boolean hasBase(SearchParameter parameter, String type) {
        return parameter.getBase().stream().anyMatch(base -> type.equals(base.getCode()));
    }
}
