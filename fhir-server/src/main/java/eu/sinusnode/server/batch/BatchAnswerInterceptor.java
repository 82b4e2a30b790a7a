package eu.sinusnode.server.batch;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.StepOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes the answer of a batch in place of the empty Bundle that stood for it on the way through the steps. */
@Interceptor
public final class BatchAnswerInterceptor {

    private static final String KEY = BatchAnswerInterceptor.class.getName();

    static void keep(ServletRequestDetails request, BatchAnswer answer) {
        request.getUserData().put(KEY, answer);
    }

    /** @return false when it was a batch: it is answered then */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.BATCH_ANSWER)
    public boolean write(ServletRequestDetails request) throws IOException {
        if (!(request.getUserData().get(KEY) instanceof BatchAnswer answer)) {
            return true;
        }
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(answer.contentType());
        if (request.isRespondGzip()) {
            response.setHeader("Content-Encoding", "gzip");
            try (OutputStream packed = new GZIPOutputStream(response.getOutputStream())) {
                packed.write(answer.bytes());
            }
        } else {
            response.setContentLength(answer.bytes().length);
            response.getOutputStream().write(answer.bytes());
        }
        return false;
    }
}
