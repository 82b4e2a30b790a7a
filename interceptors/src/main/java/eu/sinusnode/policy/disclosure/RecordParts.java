package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.narrowing.Contained;
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
 * A stored record is decided as a whole. HAPI shows the gate each resource inside an answer, contained ones and the parts of
 * a document among them; they leave because the record did, and as the same objects.
 */
final class RecordParts {

    private static final String KEY = RecordParts.class.getName();

    private RecordParts() {}

    /**
     * To be called for a record that the gate lets through.
     *
     * @param requestData what the steps of the one request keep for each other
     */
    static void permit(Map<Object, Object> requestData, IBaseResource record) {
        of(record).forEach(permitted(requestData)::add);
    }

    /** To be called for what an operation has made of records that leave. */
    static void permitComputed(Map<Object, Object> requestData, Resource computed) {
        permitted(requestData).add(computed);
    }

    static boolean isPart(Map<Object, Object> requestData, IBaseResource resource) {
        return permitted(requestData).contains(resource);
    }

    /** What a record contains; for a document its parts, and what they contain. */
    static Stream<Resource> of(IBaseResource record) {
        if (record instanceof Bundle bundle) {
            return DisclosureGate.isEnvelope(bundle)
                    ? Stream.empty()
                    : bundle.getEntry().stream()
                            .map(BundleEntryComponent::getResource)
                            .filter(Objects::nonNull)
                            .flatMap(part -> Stream.concat(Stream.of(part), of(part)));
        }
        return record instanceof Resource resource ? Contained.of(resource).stream() : Stream.empty();
    }

    @SuppressWarnings("unchecked")
    private static Set<IBaseResource> permitted(Map<Object, Object> requestData) {
        return (Set<IBaseResource>)
                requestData.computeIfAbsent(KEY, missing -> Collections.newSetFromMap(new IdentityHashMap<>()));
    }
}
