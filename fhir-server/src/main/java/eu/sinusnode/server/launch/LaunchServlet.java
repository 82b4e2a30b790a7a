package eu.sinusnode.server.launch;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.VerifiedToken;
import eu.sinusnode.server.launch.Launch.Admission;
import eu.sinusnode.server.launch.Launch.RequestSource;
import eu.sinusnode.server.launch.Launch.Result;
import eu.sinusnode.server.rest.Outcomes;
import eu.sinusnode.server.rest.RequestIdFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /launch} with {@code {"patient":"<id>","client_id":"<app>"}} as application/json, in the name of the
 * clinician whose token comes with it. 201 with {@code {"launch","iss","expires_in"}}; 400 for another body, 403 for another
 * kind of caller or a missing scope, 404 for a patient the caller may not know of, 503 when it cannot be audited.
 */
final class LaunchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LaunchServlet.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient Supplier<Launch> launch;
    private final transient FhirContext context;
    private final String fhirBase;

    /** @param launch asked for with each request: the container is made before the storage is */
    LaunchServlet(Supplier<Launch> launch, FhirContext context, String fhirBase) {
        this.launch = launch;
        this.context = context;
        this.fhirBase = fhirBase;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestSource source = new RequestSource(RequestIdFilter.of(request), request.getRemoteAddr());
        response.setHeader("Cache-Control", "no-store");
        try {
            answer(request, response, source);
        } catch (RuntimeException e) {
            LOG.error("Launch request {} failed: {}", source.requestId(), FaultOrigin.of(e));
            write(request, response, RequestProblem.AUDIT_UNAVAILABLE);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, RequestSource source)
            throws IOException {
        Admission admission = launch.get().admit(claims(request), source);
        if (admission instanceof Admission.Refused refused) {
            write(request, response, refused.deny());
            return;
        }
        Caller caller = ((Admission.Admitted) admission).caller();
        LaunchRequest asked;
        try {
            asked = LaunchRequest.parse(body(request));
        } catch (LaunchRequest.Malformed e) {
            launch.get().malformed(caller, String.valueOf(e.getMessage()), source);
            write(request, response, RequestProblem.LAUNCH_MALFORMED);
            return;
        }
        Result result = launch.get().launch(caller, asked, source);
        if (result instanceof Result.Launched launched) {
            writeToken(response, launched.token());
        } else if (result instanceof Result.Refused refused) {
            write(request, response, refused.deny());
        } else {
            Outcomes.write(context, request, response, 404, unknown(asked.patientId()));
        }
    }

    private static Map<String, Object> claims(HttpServletRequest request) {
        Map<String, Object> claims = new HashMap<>();
        if (request.getAttribute(VerifiedToken.CLAIMS_ATTRIBUTE) instanceof Map<?, ?> verified) {
            verified.forEach((name, value) -> {
                if (value != null) {
                    claims.put(String.valueOf(name), value);
                }
            });
        }
        return claims;
    }

    private static byte[] body(HttpServletRequest request) throws IOException, LaunchRequest.Malformed {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json(\\s*;.*)?")) {
            throw new LaunchRequest.Malformed("the body is not announced as application/json");
        }
        byte[] body = request.getInputStream().readNBytes(LaunchRequest.SIZE_LIMIT + 1);
        if (body.length > LaunchRequest.SIZE_LIMIT) {
            throw new LaunchRequest.Malformed("the body is too large");
        }
        return body;
    }

    private void writeToken(HttpServletResponse response, String token) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("launch", token);
        answer.put("iss", fhirBase);
        answer.put("expires_in", LaunchTokens.LIFETIME.toSeconds());
        byte[] body = JSON.writeValueAsBytes(answer);
        response.setStatus(201);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, Decision.Deny deny)
            throws IOException {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue(Denials.issue(deny));
        Outcomes.write(context, request, response, deny.code().status(), outcome);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, RequestProblem problem)
            throws IOException {
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }

    /** As the FHIR endpoint says it of a Patient that it does not know. */
    private static OperationOutcome unknown(String patientId) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.PROCESSING)
                .setDiagnostics("Resource Patient/" + patientId + " is not known");
        return outcome;
    }
}
