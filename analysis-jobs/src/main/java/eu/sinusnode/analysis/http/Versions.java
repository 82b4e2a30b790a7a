package eu.sinusnode.analysis.http;

import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** Versions of resources as they came over the wire. */
final class Versions {

    private Versions() {}

    /** The resource with its type, plain id and {@code meta.versionId} as its id element. */
    static <T extends Resource> T inId(T resource) {
        resource.setId(new IdType(
                resource.fhirType(),
                resource.getIdElement().getIdPart(),
                resource.getMeta().getVersionId()));
        return resource;
    }

    /** E.g. {@code Observation/17/_history/2}. */
    static String reference(Resource resource) {
        return inId(resource).getIdElement().toUnqualified().getValue();
    }
}
