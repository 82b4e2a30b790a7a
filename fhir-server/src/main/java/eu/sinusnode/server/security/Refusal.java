package eu.sinusnode.server.security;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.rest.BrokenAnswers;
import eu.sinusnode.server.rest.Outcomes;
import eu.sinusnode.server.rest.RequestIdFilter;
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
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers of the security chain: audited first, then written as OperationOutcomes. */
final class Refusal implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
    private static final String UNREACHABLE = "The authorization server cannot be reached";

    private final FhirContext context;
    private final DenialAudit audit;
    private final RefusalsToTell told;

    Refusal(FhirContext context, DenialAudit audit, RefusalsToTell told) {
        this.context = context;
        this.audit = audit;
        this.told = told;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            unreachable(request, response, failure);
        } else if (failure instanceof OAuth2AuthenticationException) {
            refuse(request, response, DenialCode.TOKEN_INVALID, "the token was not accepted");
        } else {
            refuse(request, response, DenialCode.TOKEN_MISSING, "no token was sent");
        }
    }

    /**
     * A 401.
     *
     * @param reason for the audit, without the token
     */
    void refuse(HttpServletRequest request, HttpServletResponse response, DenialCode code, String reason)
            throws IOException {
        if (recorded(request, response, code, reason)) {
            response.setHeader(
                    "WWW-Authenticate",
                    code == DenialCode.TOKEN_MISSING
                            ? "Bearer realm=\"SinusNode\""
                            : "Bearer realm=\"SinusNode\", error=\"invalid_token\"");
            Outcomes.write(context, request, response, code.status(), Outcomes.of(code));
        }
    }

    /** For an answer that is under way: it can say nothing any more, but the audit can. It ends in any case. */
    void endedMeanwhile(HttpServletRequest request) {
        BrokenAnswers.breakOff(request);
        try {
            audit.unauthenticated(
                    RequestPath.facts(request), DenialCode.TOKEN_ENDED, "the token ended during the answer");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("failure", e.getClass().getName())
                    .log("The end of a stream could not be audited");
        }
    }

    /** A 503: nobody can say whether the token is good. */
    void unreachable(HttpServletRequest request, HttpServletResponse response, Exception failure) throws IOException {
        LOG.atWarn()
                .addKeyValue("requestId", RequestIdFilter.of(request))
                .addKeyValue("failure", failure.getClass().getName())
                .log(UNREACHABLE);
        answer(request, response, bounded(request, RequestProblem.AUTHORIZATION_SERVER_UNREACHABLE));
    }

    /** A 403: the browser sent what a page of another origin, or one of a listed origin, may not ask for. */
    void foreignOrigin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestProblem problem = bounded(request, RequestProblem.ORIGIN_NOT_LISTED);
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }

    /** Audits a refusal that costs its sender nothing, unless the address has had too many of them. */
    private RequestProblem bounded(HttpServletRequest request, RequestProblem problem) {
        return told.isTold(request.getRemoteAddr()) ? recorded(request, problem, problem.meaning()) : problem;
    }

    /**
     * A 429.
     *
     * @param seconds after which there is room again
     * @param news whether the audit is told: once is enough for a flood
     */
    void tooMany(HttpServletRequest request, HttpServletResponse response, long seconds, boolean news)
            throws IOException {
        RequestProblem problem = RequestProblem.TOO_MANY_REQUESTS;
        if (news) {
            problem = recorded(request, problem, problem.meaning());
        }
        response.setHeader("Retry-After", Long.toString(seconds));
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }

    /**
     * A 400: somebody who is not the issuer says that a session ended, or the issuer says it in a way that cannot be taken.
     *
     * @param reason for the audit, without anything of the token
     */
    void badLogout(HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
        RequestProblem problem = recorded(request, RequestProblem.LOGOUT_TOKEN, reason);
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }

    /** A 400: the address or a header has what none may have. The container's own answer would be a page of its own. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        RequestProblem problem = recorded(request, RequestProblem.REQUEST_MALFORMED, "the request was not read");
        Outcomes.write(context, request, response, problem.status(), Outcomes.of(problem));
    }

    /** @return the problem, or that it could not be audited */
    private RequestProblem recorded(HttpServletRequest request, RequestProblem problem, String reason) {
        try {
            audit.refused(RequestPath.facts(request), problem.code(), reason);
            return problem;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("A refusal could not be audited");
            return RequestProblem.AUDIT_UNAVAILABLE;
        }
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
