package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.ProfilePackage;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.SearchParameter;

/** The search parameters as R4 defines them, and those of our own: on AuditEvent, and those of the package. */
public record R4SearchParameters(List<SearchParameter> definitions) {

    public static R4SearchParameters of(FhirContext context) {
        Stream<SearchParameter> r4 =
                Objects.requireNonNull(context.getValidationSupport().fetchAllSearchParameters()).stream()
                        .map(SearchParameter.class::cast);
        return new R4SearchParameters(
                Stream.of(r4, OwnAuditParameters.all().stream(), ProfilePackage.searchParameters(context).stream())
                        .flatMap(Function.identity())
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
                .filter(parameter -> hasBase(parameter, type)
                        || hasBase(parameter, "DomainResource")
                        || hasBase(parameter, "Resource"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("R4 defines no search parameter " + name + " on " + type));
    }

    private static boolean hasBase(SearchParameter parameter, String type) {
        return parameter.getBase().stream().anyMatch(base -> type.equals(base.getCode()));
    }
}
