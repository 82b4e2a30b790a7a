package eu.sinusnode.server.rest;

import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the audit may know of a request that nobody was identified for: read from method and path alone. */
public final class RequestPath {

    private static final Pattern FHIR =
            Pattern.compile("/fhir(?:/([A-Z][A-Za-z]{1,60}))?(?:/([A-Za-z0-9.\\-]{1,64}|_search))?/?");

    private RequestPath() {}

    public static RequestFacts facts(HttpServletRequest request) {
        String requestId = RequestIdFilter.of(request);
        Matcher path = FHIR.matcher(request.getRequestURI());
        if (!path.matches()) {
            return new RequestFacts(requestId, AuditedInteraction.OTHER, null, null, request.getRemoteAddr());
        }
        String type = path.group(1);
        String last = path.group(2);
        boolean search = "_search".equals(last);
        String id = search ? null : last;
        return new RequestFacts(
                requestId, interaction(request.getMethod(), type, id, search), type, id, request.getRemoteAddr());
    }

    private static AuditedInteraction interaction(
            String method, @Nullable String type, @Nullable String id, boolean search) {
        if (type == null) {
            return "POST".equals(method) ? AuditedInteraction.TRANSACTION : AuditedInteraction.OTHER;
        }
        return switch (method) {
            case "GET", "HEAD" -> id == null ? AuditedInteraction.SEARCH : AuditedInteraction.READ;
            case "POST" -> search ? AuditedInteraction.SEARCH : AuditedInteraction.CREATE;
            case "PUT" -> AuditedInteraction.UPDATE;
            default -> AuditedInteraction.OTHER;
        };
    }
}
