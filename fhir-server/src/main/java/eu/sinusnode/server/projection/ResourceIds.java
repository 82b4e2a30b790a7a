package eu.sinusnode.server.projection;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Logical ids as our own tables keep them. The server assigns UUIDs and the loader chooses UUIDs, so ids are sixteen
 * bytes; an id of another form cannot be kept and its write is refused, never skipped.
 */
public final class ResourceIds {

    private ResourceIds() {}

    /**
     * The id as a UUID, or empty when it is not one in its canonical form. An id in capital letters is another FHIR id
     * than the same one in small letters, so it does not count.
     */
    public static Optional<UUID> parse(@Nullable String id) {
        if (id == null || id.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.toString().equals(id) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }

    /** The id that a literal reference to a resource of this type names, or empty for every other reference. */
    public static Optional<String> referenced(@Nullable Reference reference, String resourceType) {
        if (reference == null
                || !resourceType.equals(reference.getReferenceElement().getResourceType())) {
            return Optional.empty();
        }
        return Optional.ofNullable(reference.getReferenceElement().getIdPart());
    }

    /**
     * @param whose what the id is of, for the answer
     * @throws BaseServerResponseException 422 when the id is not a UUID in its canonical form
     */
    public static UUID require(String whose, @Nullable String id) {
        return parse(id)
                .orElseThrow(() -> Denials.exception(
                        new Decision.Deny(DenialCode.IDENTIFIER_FORM, "the id of " + whose + " is of another form"),
                        whose));
    }
}
