package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ParameterUtil;
import eu.sinusnode.policy.access.Patches.Language;
import eu.sinusnode.policy.access.Patches.Patch;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.authorization.RequestedChange.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The changes that the current request asks for, as the authorization step found them for the steps after it. */
public final class RequestedChanges {

    private static final String KEY = RequestedChanges.class.getName();

    private RequestedChanges() {}

    /** Empty for every request that changes nothing. */
    @SuppressWarnings("unchecked")
    public static List<RequestedChange> of(RequestDetails request) {
        return (List<RequestedChange>) request.getUserData().getOrDefault(KEY, List.of());
    }

    static void set(RequestDetails request, List<RequestedChange> changes) {
        request.getUserData().put(KEY, List.copyOf(changes));
    }

    /** The one change of a create, update, patch or delete. */
    static RequestedChange single(RequestDetails request, @Nullable Resource resource) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        Verb verb =
                switch (operation) {
                    case CREATE -> Verb.CREATE;
                    case UPDATE -> Verb.UPDATE;
                    case PATCH -> Verb.PATCH;
                    case DELETE -> Verb.DELETE;
                    default -> throw new IllegalStateException(operation + " changes nothing.");
                };
        String id = verb == Verb.CREATE || request.getId() == null
                ? null
                : request.getId().getIdPart();
        return new RequestedChange(
                request.getResourceName(),
                -1,
                verb,
                request.getResourceName(),
                resource,
                verb == Verb.PATCH ? patch(request) : null,
                id,
                verb == Verb.CREATE || id != null ? null : query(request),
                null,
                verb == Verb.CREATE ? request.getConditionalUrl(RestOperationTypeEnum.CREATE) : null,
                verb == Verb.CREATE ? null : version(request.getHeader("If-Match")));
    }

    /** The version in an ETag; null when there is none. */
    static @Nullable String version(@Nullable String etag) {
        return etag == null || etag.isBlank() ? null : ParameterUtil.parseETagValue(etag);
    }

    private static String query(RequestDetails request) {
        String url = request.getCompleteUrl();
        int mark = url.indexOf('?');
        return mark < 0 ? "" : url.substring(mark + 1);
    }

    private static Patch patch(RequestDetails request) {
        String type = String.valueOf(request.getHeader("Content-Type"));
        int semicolon = type.indexOf(';');
        PatchTypeEnum known = PatchTypeEnum.forContentTypeOrThrowInvalidRequestException(
                request.getFhirContext(), (semicolon < 0 ? type : type.substring(0, semicolon)).trim());
        Language language =
                switch (known) {
                    case JSON_PATCH -> Language.JSON_PATCH;
                    case FHIR_PATCH_JSON -> Language.FHIRPATH_JSON;
                    case FHIR_PATCH_XML -> Language.FHIRPATH_XML;
                    case XML_PATCH -> throw Problems.exception(RequestProblem.CONTENT_TYPE, "XML Patch is not open.");
                };
        return new Patch(language, new String(request.loadRequestContents(), StandardCharsets.UTF_8));
    }
}
