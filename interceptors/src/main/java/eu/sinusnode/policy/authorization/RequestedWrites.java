package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Interaction;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** The writes of the current request, as the authorization step found them for the steps after it. */
public final class RequestedWrites {

    private static final String KEY = RequestedWrites.class.getName();

    private RequestedWrites() {}

    /** Empty for every request that writes nothing. */
    @SuppressWarnings("unchecked")
    public static List<RequestedWrite> of(RequestDetails request) {
        return (List<RequestedWrite>) request.getUserData().getOrDefault(KEY, List.of());
    }

    static void set(RequestDetails request, List<RequestedWrite> writes) {
        request.getUserData().put(KEY, List.copyOf(writes));
    }

    /** The one write of a create or an update. */
    static RequestedWrite single(RequestDetails request, Resource resource) {
        boolean update = request.getRestOperationType() == RestOperationTypeEnum.UPDATE;
        return new RequestedWrite(
                resource.fhirType(),
                update ? Interaction.UPDATE : Interaction.CREATE,
                resource,
                update ? resource.getIdElement().getIdPart() : null,
                null,
                update ? null : request.getConditionalUrl(RestOperationTypeEnum.CREATE));
    }
}
