package eu.sinusnode.server.merging;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import eu.sinusnode.policy.narrowing.References;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Resource;

/** Makes a record name the target of a merge wherever it named the source. */
class MovedReferences {

    private final FhirTerser terser;

    MovedReferences(FhirContext context) {
        this.terser = context.newTerser();
    }

    void rewrite(Resource record, String source, String target, References references) {
        for (ResourceReferenceInfo info : terser.getAllResourceReferences(record)) {
            IBaseReference reference = info.getResourceReference();
            String literal = reference.getReferenceElement().getValue();
            if (literal != null
                    && references.canonical(literal).filter(source::equals).isPresent()) {
                reference.setReference(target);
            }
        }
    }
}
