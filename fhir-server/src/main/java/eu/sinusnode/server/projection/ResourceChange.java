package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Sender;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource that the running transaction stores.
 *
 * @param resource as it is stored, with id and version; for a deletion what it was before
 * @param sender who has it stored
 */
public record ResourceChange(Kind kind, Resource resource, Sender sender) {

    /** What happens to the resource. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED
    }

    /** The logical id without type and version. */
    public String id() {
        return resource.getIdElement().getIdPart();
    }

    public boolean isDeletion() {
        return kind == Kind.DELETED;
    }
}
