package eu.sinusnode.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Answers that fail after something of them has left. HAPI would put an OperationOutcome behind it and end the answer like
 * a whole one; nothing is put behind it, and the connection is given up in the middle, so that no client takes it for
 * whole.
 */
@Interceptor
public final class BrokenAnswers {

    private static final String BROKEN = BrokenAnswers.class.getName();

    /** The answer to this request breaks off, whoever still believes that it is whole. */
    public static void breakOff(HttpServletRequest request) {
        request.setAttribute(BROKEN, true);
    }

    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    public boolean canStillBeSaid(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            breakOff(request);
            return false;
        }
        return true;
    }

    /** Stands in the container before anything ends the answer. */
    static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.getAttribute(BROKEN) != null) {
                response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
            }
        }
    }
}
