package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.jspecify.annotations.Nullable;

/**
 * Value sets that take codes of a system by a filter, such as the document types among LOINC's, where the content of the
 * system is not shipped: whether a code passes the filter cannot be told, which is a warning as for every other code of
 * such a system. HAPI 8.8.0's own evaluation ends in a NullPointerException there.
 */
final class FilteredValueSets implements IValidationSupport {

    private final FhirContext fhirContext;

    FilteredValueSets(FhirContext fhirContext) {
        this.fhirContext = fhirContext;
    }

    @Override
    public FhirContext getFhirContext() {
        return fhirContext;
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext context, String valueSetUrl) {
        return context.getRootValidationSupport().fetchValueSet(valueSetUrl) instanceof ValueSet valueSet
                && valueSet.getCompose().getInclude().stream().anyMatch(ConceptSetComponent::hasFilter);
    }

    @Override
    public @Nullable CodeValidationResult validateCodeInValueSet(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            String codeSystem,
            String code,
            String display,
            IBaseResource valueSet) {
        boolean untold = valueSet instanceof ValueSet r4
                && r4.getCompose().getInclude().stream()
                        .anyMatch(include -> include.hasFilter()
                                && include.getSystem().equals(codeSystem)
                                && context.getRootValidationSupport().fetchCodeSystem(include.getSystem()) == null);
        return untold
                ? new CodeValidationResult()
                        .setCode(code)
                        .setSeverity(IssueSeverity.WARNING)
                        .setMessage("The content of " + codeSystem
                                + " is not known here, so it cannot be told whether the code belongs to the value set.")
                : null;
    }
}
