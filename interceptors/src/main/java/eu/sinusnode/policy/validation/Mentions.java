package eu.sinusnode.policy.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import eu.sinusnode.policy.narrowing.Contained;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
import eu.sinusnode.profiles.PlainVital;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Finds the literal references in a resource, wherever they stand, and the Binaries that a DocumentReference points to. */
final class Mentions {

    private static final String LOCAL = "#";

    private final FhirTerser terser;

    Mentions(FhirContext context) {
        this.terser = context.newTerser();
    }

    /** What a contained resource refers to is the record's own. */
    List<Mention> of(Resource resource) {
        if (resource instanceof Observation vital && PlainVital.isPlain(vital)) {
            return ofVital(vital);
        }
        List<Mention> mentions = new ArrayList<>();
        for (Mention mention : all(resource)) {
            if (!isLocal(mention.reference())) {
                mentions.add(mention);
            }
        }
        addDangling(mentions, resource);
        if (resource instanceof DocumentReference document) {
            document.getContent().forEach(content -> addBinary(mentions, content));
        }
        return mentions;
    }

    /** Those that a vital sign of the plainest form can have; walking through all of it costs as much as parsing it. */
    private static List<Mention> ofVital(Observation vital) {
        List<Mention> mentions = new ArrayList<>(4);
        add(mentions, "Observation.subject", vital.getSubject());
        add(mentions, "Observation.encounter", vital.getEncounter());
        vital.getPerformer().forEach(performer -> add(mentions, "Observation.performer", performer));
        add(mentions, "Observation.device", vital.getDevice());
        return mentions;
    }

    private static void add(List<Mention> mentions, String path, Reference reference) {
        if (reference.hasReference()) {
            mentions.add(new Mention(path, reference.getReferenceElement().getValue()));
        }
    }

    /** References to a contained resource that is not there; {@code #} alone is the container. */
    private void addDangling(List<Mention> mentions, Resource container) {
        if (container instanceof Bundle document) {
            document.getEntry().stream()
                    .filter(BundleEntryComponent::hasResource)
                    .forEach(entry -> addDangling(mentions, entry.getResource()));
            return;
        }
        Set<String> names = new HashSet<>(Set.of(LOCAL));
        for (Resource inner : Contained.of(container)) {
            // The parser puts the sign before the id, a program may not.
            String id = String.valueOf(inner.getIdElement().getIdPart());
            names.add(isLocal(id) ? id : LOCAL + id);
        }
        for (Mention mention : all(container)) {
            if (isLocal(mention.reference()) && !names.contains(mention.reference())) {
                mentions.add(mention);
            }
        }
    }

    private List<Mention> all(Resource resource) {
        List<Mention> mentions = new ArrayList<>();
        for (ResourceReferenceInfo info : terser.getAllResourceReferences(resource)) {
            String literal = info.getResourceReference().getReferenceElement().getValue();
            if (literal != null && !literal.isEmpty()) {
                mentions.add(new Mention(resource.fhirType() + "." + info.getName(), literal));
            }
        }
        return mentions;
    }

    private static boolean isLocal(String reference) {
        return reference.startsWith(LOCAL);
    }

    private static void addBinary(List<Mention> mentions, DocumentReferenceContentComponent content) {
        String url = content.getAttachment().getUrl();
        if (url != null && (url.startsWith("Binary/") || url.startsWith("urn:"))) {
            mentions.add(new Mention("DocumentReference.content.attachment.url", url));
        }
    }
}
