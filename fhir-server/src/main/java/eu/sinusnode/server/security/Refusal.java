package eu.sinusnode.server.security;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.rest.Outcomes;
import eu.sinusnode.server.rest.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers of the security chain: audited first, then written as OperationOutcomes. */
final class Refusal implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final FhirContext context;
    private final DenialAudit audit;

    Refusal(FhirContext context, DenialAudit audit) {
        this.context = context;
        this.audit = audit;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            LOG.atError()
                    .addKeyValue("failure", failure.getClass().getName())
                    .log("The authorization server cannot be reached");
            answer(request, response, RequestProblem.AUTHORIZATION_SERVER_UNREACHABLE);
            return;
        }
        boolean tokenSent = failure instanceof OAuth2AuthenticationException;
        DenialCode code = tokenSent ? DenialCode.TOKEN_INVALID : DenialCode.TOKEN_MISSING;
        String reason = tokenSent ? "the token was not accepted" : "no token was sent";
        if (!recorded(request, response, code, reason)) {
            return;
        }
        response.setHeader(
                "WWW-Authenticate",
                tokenSent ? "Bearer realm=\"SinusNode\", error=\"invalid_token\"" : "Bearer realm=\"SinusNode\"");
        Outcomes.write(context, request, response, code.status(), Outcomes.of(code));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        DenialCode code = DenialCode.INTERACTION;
        if (recorded(request, response, code, "this kind of caller may not use the path")) {
            Outcomes.write(context, request, response, code.status(), Outcomes.of(code));
        }
    }

    private boolean recorded(HttpServletRequest request, HttpServletResponse response, DenialCode code, String reason)
            throws IOException {
        try {
            audit.unauthenticated(RequestPath.facts(request), code, reason);
            return true;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("A refusal could not be audited");
            answer(request, response, RequestProblem.AUDIT_UNAVAILABLE);
            return false;
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, RequestProblem problem)
            throws IOException {
        response.setHeader("Retry-After", "5");
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }
}
