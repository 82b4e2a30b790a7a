package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.jspecify.annotations.Nullable;

/** Reads from HAPI's request what the audit keeps of it. */
final class RequestFactsReader {

    private RequestFactsReader() {}

    static RequestFacts read(RequestDetails request) {
        return new RequestFacts(
                request.getRequestId(),
                interaction(request.getRestOperationType()),
                request.getOperation(),
                request.getResourceName(),
                request.getId() == null ? null : request.getId().getIdPart(),
                null,
                address(request));
    }

    private static @Nullable String address(RequestDetails request) {
        return request instanceof ServletRequestDetails servlet
                ? servlet.getServletRequest().getRemoteAddr()
                : null;
    }

    private static AuditedInteraction interaction(@Nullable RestOperationTypeEnum operation) {
        if (operation == null) {
            return AuditedInteraction.OTHER;
        }
        return switch (operation) {
            case READ -> AuditedInteraction.READ;
            case VREAD -> AuditedInteraction.VREAD;
            case HISTORY_INSTANCE, HISTORY_TYPE, HISTORY_SYSTEM -> AuditedInteraction.HISTORY;
            case SEARCH_TYPE, SEARCH_SYSTEM, GET_PAGE -> AuditedInteraction.SEARCH;
            case CREATE -> AuditedInteraction.CREATE;
            case UPDATE, PATCH -> AuditedInteraction.UPDATE;
            case DELETE -> AuditedInteraction.DELETE;
            case TRANSACTION, BATCH -> AuditedInteraction.TRANSACTION;
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                AuditedInteraction.OPERATION;
            default -> AuditedInteraction.OTHER;
        };
    }
}
