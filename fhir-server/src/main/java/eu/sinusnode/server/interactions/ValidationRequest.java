package eu.sinusnode.server.interactions;

import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code $validate} asks (FHIR R4, resource-operation-validate.html).
 *
 * @param id in the path, or null
 * @param resource null where the stored record is meant
 * @param profile canonical URL of a profile to check against besides those that hold anyway, or null
 */
public record ValidationRequest(
        String resourceType,
        @Nullable String id,
        Mode mode,
        @Nullable Resource resource,
        @Nullable String profile) {

    /** FHIR's resource-validation-mode; without one, whether the resource could be written at all. */
    public enum Mode {
        ANY_WRITE,
        CREATE,
        UPDATE,
        DELETE,
        PROFILE
    }

    /** @throws RuntimeException a 400 with {@link RequestProblem#VALIDATION_MALFORMED} when the parts do not fit together */
    public static ValidationRequest of(
            String resourceType,
            @Nullable String id,
            @Nullable IBaseResource sent,
            @Nullable String modeCode,
            @Nullable String profile) {
        Mode mode = mode(modeCode, id != null);
        boolean ofStored = mode == Mode.DELETE || mode == Mode.PROFILE;
        demand(mode != Mode.CREATE || id == null, "A create names no id.");
        demand(
                mode == Mode.ANY_WRITE || mode == Mode.CREATE || id != null,
                "This mode is for one record, whose id the path names.");
        demand(ofStored == (sent == null), ofStored ? "This mode takes no resource." : "The resource is missing.");
        demand(mode != Mode.PROFILE || profile != null, "Mode profile needs a profile.");
        demand(mode != Mode.DELETE || profile == null, "A delete is held against no profile.");
        if (sent == null) {
            return new ValidationRequest(resourceType, id, mode, null, profile);
        }
        demand(
                sent instanceof Resource && sent.fhirType().equals(resourceType),
                "The resource is not of the type in the path.");
        String sentId = sent.getIdElement().getIdPart();
        demand(id == null || sentId == null || sentId.equals(id), "The id in the resource is not the one in the path.");
        return new ValidationRequest(resourceType, id, mode, (Resource) sent, profile);
    }

    private static Mode mode(@Nullable String code, boolean ofRecord) {
        if (code == null) {
            return ofRecord ? Mode.UPDATE : Mode.ANY_WRITE;
        }
        return switch (code) {
            case "create" -> Mode.CREATE;
            case "update" -> Mode.UPDATE;
            case "delete" -> Mode.DELETE;
            case "profile" -> Mode.PROFILE;
            default -> throw malformed("The mode is none of create, update, delete and profile.");
        };
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(otherwise);
        }
    }

    private static RuntimeException malformed(String what) {
        return Problems.exception(RequestProblem.VALIDATION_MALFORMED, what);
    }
}
