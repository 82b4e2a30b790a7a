package eu.sinusnode.policy.disclosure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * A stored document is decided as a whole. HAPI shows the gate each resource inside an answer, the parts of a document
 * among them; they leave because the document did, and as the same objects.
 */
final class DocumentParts {

    private static final String KEY = DocumentParts.class.getName();

    private DocumentParts() {}

    /**
     * To be called for a record that the gate lets through.
     *
     * @param requestData what the steps of the one request keep for each other
     */
    static void permit(Map<Object, Object> requestData, IBaseResource record) {
        of(record).forEach(permitted(requestData)::add);
    }

    static boolean isPart(Map<Object, Object> requestData, IBaseResource resource) {
        return permitted(requestData).contains(resource);
    }

    /** Empty for every record that is no document. */
    static Stream<Resource> of(IBaseResource record) {
        return record instanceof Bundle bundle && !DisclosureGate.isEnvelope(bundle)
                ? bundle.getEntry().stream()
                        .map(BundleEntryComponent::getResource)
                        .filter(Objects::nonNull)
                : Stream.empty();
    }

    @SuppressWarnings("unchecked")
    private static Set<IBaseResource> permitted(Map<Object, Object> requestData) {
        return (Set<IBaseResource>)
                requestData.computeIfAbsent(KEY, missing -> Collections.newSetFromMap(new IdentityHashMap<>()));
    }
}
