package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Resource;

/** One validator for all tests of the module: it takes seconds to build. */
final class SharedValidator {

    static final FhirContext FHIR = FhirContext.forR4Cached();
    static final ProfileValidator VALIDATOR = new ProfileValidator(FHIR);

    private SharedValidator() {}

    static Resource parse(String json) {
        return (Resource) FHIR.newJsonParser().parseResource(json);
    }
}
