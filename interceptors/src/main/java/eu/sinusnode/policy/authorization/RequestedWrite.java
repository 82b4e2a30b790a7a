package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.Interaction;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One resource that a request wants stored or deleted.
 *
 * @param expression where it stands in the request: {@code Observation}, or {@code Bundle.entry[3].resource}
 * @param entry its place in a transaction, or -1
 * @param interaction create, update or delete
 * @param resource what is to be stored: as it was sent, or as a patch makes it; for a delete what is stored
 * @param id the id it is to have, or null when the server assigns one
 * @param placeholder the {@code urn:uuid:…} by which other entries of the transaction name it, or null
 * @param ifNoneExist the condition of a create, or null
 * @param ifMatch the version that it must replace, or null for any
 * @param sent whether the caller sent all of the resource, and so knows what it says
 */
public record RequestedWrite(
        String expression,
        int entry,
        Interaction interaction,
        Resource resource,
        @Nullable String id,
        @Nullable String placeholder,
        @Nullable String ifNoneExist,
        @Nullable String ifMatch,
        boolean sent) {

    public String resourceType() {
        return resource.fhirType();
    }

    /** {@code Type/id} of an update or a delete. */
    public String path() {
        return resourceType() + "/" + id;
    }
}
