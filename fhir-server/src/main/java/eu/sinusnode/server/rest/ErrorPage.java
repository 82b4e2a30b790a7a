package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.RequestProblem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the container refuses by itself, as a path that makes no sense, is answered like everything else. */
@Controller
final class ErrorPage implements ErrorController {

    private final FhirContext context;

    ErrorPage(FhirContext context) {
        this.context = context;
    }

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object stated = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = stated instanceof Integer code && code >= 400 ? code : 500;
        Outcomes.write(context, request, response, status, Outcomes.of(problem(status)));
    }

    static RequestProblem problem(int status) {
        if (status >= 500) {
            return RequestProblem.SERVER_FAULT;
        }
        return status == 404 ? RequestProblem.PATH_UNKNOWN : RequestProblem.REQUEST_MALFORMED;
    }
}
