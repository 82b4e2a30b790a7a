package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from HAPI's request what the audit keeps of it. */
final class RequestFactsReader {

    private static final String ASKED = RequestFactsReader.class.getName() + ".asked";

    private final ValueKey key;

    RequestFactsReader(ValueKey key) {
        this.key = key;
    }

    /** Keeps the caller's own parameters: a search is rewritten later, and then names patients the caller did not. */
    static void rememberParameters(RequestDetails request) {
        request.getUserData().put(ASKED, request.getParameters());
    }

    RequestFacts read(RequestDetails request) {
        AuditedInteraction interaction = interaction(request.getRestOperationType());
        String query = query(request, interaction);
        return new RequestFacts(
                request.getRequestId(),
                interaction,
                request.getOperation(),
                request.getResourceName(),
                request.getId() == null ? null : request.getId().getIdPart(),
                query,
                query == null ? null : request.getRequestType().name(),
                address(request),
                null);
    }

    private @Nullable String query(RequestDetails request, AuditedInteraction interaction) {
        if (interaction != AuditedInteraction.SEARCH && interaction != AuditedInteraction.OPERATION) {
            return null;
        }
        String path = request.getResourceName();
        if (interaction == AuditedInteraction.OPERATION) {
            String record = request.getId() == null ? "" : "/" + request.getId().getIdPart();
            path = (path == null ? "" : path + record + "/") + request.getOperation();
        } else if (Constants.PARAM_SEARCH.equals(request.getOperation())) {
            path = (path == null ? "" : path + "/") + request.getOperation();
        }
        Map<String, String[]> asked = asked(request);
        return AuditedQuery.of(path, asked, inForm(request, asked), key);
    }

    /** By parameter, how many of its values came in the body: HAPI puts them behind those of the address. */
    private static Map<String, Integer> inForm(RequestDetails request, Map<String, String[]> asked) {
        if (!(request instanceof ServletRequestDetails servlet) || !isForm(servlet.getServletRequest())) {
            return Map.of();
        }
        Map<String, String[]> address =
                UrlUtil.parseQueryString(servlet.getServletRequest().getQueryString());
        Map<String, Integer> inForm = new HashMap<>();
        asked.forEach(
                (name, values) -> inForm.put(name, values.length - address.getOrDefault(name, new String[0]).length));
        return inForm;
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return "POST".equals(request.getMethod()) && type != null && type.startsWith(Constants.CT_X_FORM_URLENCODED);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String[]> asked(RequestDetails request) {
        return (Map<String, String[]>) request.getUserData().getOrDefault(ASKED, Map.of());
    }

    static @Nullable String address(RequestDetails request) {
        return request instanceof ServletRequestDetails servlet
                ? servlet.getServletRequest().getRemoteAddr()
                : null;
    }

    static AuditedInteraction interaction(@Nullable RestOperationTypeEnum operation) {
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
            case TRANSACTION -> AuditedInteraction.TRANSACTION;
            case BATCH -> AuditedInteraction.BATCH;
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                AuditedInteraction.OPERATION;
            default -> AuditedInteraction.OTHER;
        };
    }
}
