package eu.sinusnode.policy.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.Resource;

/** Finds the literal references in a resource, wherever they stand, and the Binaries that a DocumentReference points to. */
final class Mentions {

    private final FhirTerser terser;

    Mentions(FhirContext context) {
        this.terser = context.newTerser();
    }

    List<Mention> of(Resource resource) {
        List<Mention> mentions = new ArrayList<>();
        for (ResourceReferenceInfo info : terser.getAllResourceReferences(resource)) {
            String literal = info.getResourceReference().getReferenceElement().getValue();
            if (literal != null && !literal.isEmpty()) {
                mentions.add(new Mention(resource.fhirType() + "." + info.getName(), literal));
            }
        }
        if (resource instanceof DocumentReference document) {
            document.getContent().forEach(content -> addBinary(mentions, content));
        }
        return mentions;
    }

    private static void addBinary(List<Mention> mentions, DocumentReferenceContentComponent content) {
        String url = content.getAttachment().getUrl();
        if (url != null && (url.startsWith("Binary/") || url.startsWith("urn:"))) {
            mentions.add(new Mention("DocumentReference.content.attachment.url", url));
        }
    }
}
