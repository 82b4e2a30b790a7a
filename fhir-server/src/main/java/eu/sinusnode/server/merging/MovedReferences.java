package eu.sinusnode.server.merging;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.profiles.Canonicals;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/**
 * Makes a record name the target of a merge wherever it named the source: by reference, and in the identifier by which the
 * analysis finds a risk flag of its own again.
 */
class MovedReferences {

    private final FhirTerser terser;

    MovedReferences(FhirContext context) {
        this.terser = context.newTerser();
    }

    /** @param source {@code Patient/[id]}, as {@code target} */
    void rewrite(Resource record, String source, String target, References references) {
        for (ResourceReferenceInfo info : terser.getAllResourceReferences(record)) {
            IBaseReference reference = info.getResourceReference();
            String literal = reference.getReferenceElement().getValue();
            if (literal != null
                    && references.canonical(literal).filter(source::equals).isPresent()) {
                reference.setReference(target);
            }
        }
        if (record instanceof Observation observation) {
            observation.getIdentifier().stream()
                    .filter(identifier -> Canonicals.RISK_FLAG_IDENTIFIER.equals(identifier.getSystem()))
                    .forEach(identifier -> rewrite(identifier, id(source), id(target)));
        }
    }

    /** Its value is the risk's code and, behind a bar, the patient's id. */
    private static void rewrite(Identifier flag, String sourceId, String targetId) {
        String value = String.valueOf(flag.getValue());
        String patient = "|" + sourceId;
        if (value.endsWith(patient)) {
            flag.setValue(value.substring(0, value.length() - patient.length()) + "|" + targetId);
        }
    }

    private static String id(String patient) {
        return patient.substring(patient.indexOf('/') + 1);
    }
}
