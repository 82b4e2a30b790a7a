package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.Constants;
import eu.sinusnode.policy.access.RequestProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the container cannot make a request of never comes to a filter, so there is nobody to be audited. Its own page would
 * be HTML; this one is like every other answer. The container makes it by its name.
 */
public final class UnreadRequests extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadRequests.class);

    @Override
    protected void report(Request request, Response response, Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        RequestProblem problem = ErrorPage.problem(status);
        byte[] body = FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Outcomes.of(problem))
                .getBytes(StandardCharsets.UTF_8);
        try {
            if (response.getHeader(Constants.HEADER_REQUEST_ID) == null) {
                response.setHeader(
                        Constants.HEADER_REQUEST_ID, UUID.randomUUID().toString());
            }
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
}
