package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.Constants;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.server.security.RefusalsToTell;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the container cannot make a request of (a malformed line, a head without end or with too much) never comes to a
 * filter. Its own page would be HTML; this one is like every other answer. The audit is told of it by the answer's id and
 * the address, which is all that can be believed, and not of each one of a flood.
 */
final class UnreadRequests extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadRequests.class);

    private final transient Supplier<DenialAudit> audit;
    private final transient Supplier<RefusalsToTell> told;

    /** Both are asked for with the first such request: the container is made before the storage is. */
    UnreadRequests(Supplier<DenialAudit> audit, Supplier<RefusalsToTell> told) {
        this.audit = audit;
        this.told = told;
    }

    @Override
    protected void report(Request request, Response response, Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (response.getHeader(Constants.HEADER_REQUEST_ID) == null) {
            response.setHeader(Constants.HEADER_REQUEST_ID, UUID.randomUUID().toString());
        }
        RequestProblem problem = audited(request, response, ErrorPage.problem(status));
        if (problem == RequestProblem.AUDIT_UNAVAILABLE) {
            response.setStatus(problem.status());
        }
        byte[] body = FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Outcomes.of(problem))
                .getBytes(StandardCharsets.UTF_8);
        try {
            CarefulHeaders.on(response);
            response.setContentType("application/fhir+json;charset=UTF-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug(
                    "A request that could not be read got no answer: {}",
                    gone.getClass().getName());
        }
    }

    /** @return the problem, or that it could not be audited; a fault of the server's own is in its log */
    private RequestProblem audited(Request request, Response response, RequestProblem problem) {
        String address = request.getRemoteAddr();
        try {
            if (problem.status() < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                    && told.get().isTold(String.valueOf(address))) {
                RequestFacts facts = new RequestFacts(
                        response.getHeader(Constants.HEADER_REQUEST_ID), AuditedInteraction.OTHER, null, null, address);
                audit.get().refused(facts, problem.code(), problem.meaning());
            }
            return problem;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("A refusal could not be audited");
            return RequestProblem.AUDIT_UNAVAILABLE;
        }
    }
}
