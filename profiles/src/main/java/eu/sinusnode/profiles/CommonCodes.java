package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.jspecify.annotations.Nullable;

/**
 * UCUM, countries, languages and the like. UCUM's lexer meets a number that is too long with a NumberFormatException, which
 * would end the validation; such a unit is simply none.
 */
final class CommonCodes extends CommonCodeSystemsTerminologyService {

    CommonCodes(FhirContext context) {
        super(context);
    }

    @Override
    public @Nullable CodeValidationResult validateCode(
            ValidationSupportContext support,
            ConceptValidationOptions options,
            @Nullable String codeSystem,
            @Nullable String code,
            @Nullable String display,
            @Nullable String valueSetUrl) {
        try {
            return super.validateCode(support, options, codeSystem, code, display, valueSetUrl);
        } catch (NumberFormatException tooLong) {
            return new CodeValidationResult()
                    .setSeverity(IssueSeverity.ERROR)
                    .setMessage("The code is no unit of UCUM: a number in it is too long.");
        }
    }

    @Override
    public @Nullable LookupCodeResult lookupCode(ValidationSupportContext support, LookupCodeRequest lookup) {
        try {
            return super.lookupCode(support, lookup);
        } catch (NumberFormatException tooLong) {
            return LookupCodeResult.notFound(lookup.getSystem(), lookup.getCode());
        }
    }
}
