package eu.sinusnode.profiles;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator.NullEvaluationContext;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r5.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r5.model.Base;
import org.hl7.fhir.r5.model.ResourceFactory;
import org.jspecify.annotations.Nullable;

/**
 * What {@code resolve()} in a FHIRPath gives: an empty resource of the type that the reference names. Nothing is fetched,
 * and it is enough for what profiles of others ask, such as whether a participant is a Patient.
 */
final class ReferencedTypes extends NullEvaluationContext {

    private static final Pattern TYPE =
            Pattern.compile("^(?:https?://.+/)?([A-Z][A-Za-z]+)/[A-Za-z0-9.-]{1,64}(?:/_history/.+)?$");

    @Override
    public @Nullable Base resolveReference(
            FHIRPathEngine engine, Object appContext, String url, @Nullable Base refContext) {
        Matcher reference = TYPE.matcher(url);
        if (!reference.matches()) {
            return null;
        }
        try {
            return ResourceFactory.createResource(reference.group(1));
        } catch (FHIRException noSuchType) {
            return null;
        }
    }
}
