package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.Interaction;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One resource that a request wants stored.
 *
 * @param expression where it stands in the request: {@code Observation}, or {@code Bundle.entry[3].resource}
 * @param interaction create or update
 * @param id the id it is to have, or null when the server assigns one
 * @param placeholder the {@code urn:uuid:…} by which other entries of the transaction name it, or null
 * @param ifNoneExist the condition of a create, or null
 */
public record RequestedWrite(
        String expression,
        Interaction interaction,
        Resource resource,
        @Nullable String id,
        @Nullable String placeholder,
        @Nullable String ifNoneExist) {

    public String resourceType() {
        return resource.fhirType();
    }

    /** {@code Type/id} of an update. */
    public String path() {
        return resourceType() + "/" + id;
    }
}
