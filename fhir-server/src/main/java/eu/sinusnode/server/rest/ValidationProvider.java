package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.server.interactions.ValidationRequest;
import eu.sinusnode.server.interactions.Validations;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code $validate} on one resource type and its instances (FHIR R4, resource-operation-validate.html). */
final class ValidationProvider implements IResourceProvider {

    private final String resourceType;
    private final Class<? extends IBaseResource> type;
    private final Validations validations;

    /** @param resourceType as FHIR names it; the class of a List has another name */
    ValidationProvider(String resourceType, Class<? extends IBaseResource> type, Validations validations) {
        this.resourceType = resourceType;
        this.type = type;
        this.validations = validations;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    /** Mode and profile stand in the Parameters, or in the query beside a resource that is sent as it is. */
    @Operation(name = AccessMatrix.VALIDATE, idempotent = true)
    public OperationOutcome validate(
            @IdParam(optional = true) @Nullable IIdType id,
            @OperationParam(name = "resource", max = 1) @Nullable IBaseResource resource,
            @OperationParam(name = "mode", max = 1) @Nullable StringType mode,
            @OperationParam(name = "profile", max = 1) @Nullable UriType profile,
            RequestDetails request) {
        ValidationRequest asked = ValidationRequest.of(
                resourceType,
                id == null ? null : id.getIdPart(),
                resource,
                mode == null ? query(request, "mode") : mode.getValue(),
                profile == null ? query(request, "profile") : profile.getValue());
        return validations.answer(asked, request);
    }

    private static @Nullable String query(RequestDetails request, String name) {
        String[] values = request.getParameters().get(name);
        return values == null ? null : values[0];
    }
}
