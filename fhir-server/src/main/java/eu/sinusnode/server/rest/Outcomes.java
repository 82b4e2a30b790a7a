package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** OperationOutcomes of this project's form: a stable code, what is wrong, and what to do. */
public final class Outcomes {

    /** System of every code that SinusNode answers with. */
    public static final String CODES = "https://sinusnode.eu/fhir/CodeSystem/denial-code";

    private Outcomes() {}

    public static OperationOutcome of(RequestProblem problem) {
        return of(problem, problem.meaning());
    }

    /** @param what is wrong with this very request, as a sentence */
    public static OperationOutcome of(RequestProblem problem, String what) {
        IssueType type =
                switch (problem) {
                    case BODY_TOO_LARGE -> IssueType.TOOLONG;
                    case BATCH_ANSWER_TOO_LARGE -> IssueType.TOOCOSTLY;
                    case BODY_PACKED -> IssueType.NOTSUPPORTED;
                    case BODY_UNREADABLE, BODY_FORM, LAUNCH_MALFORMED, REQUEST_MALFORMED -> IssueType.STRUCTURE;
                    case VALUE_MALFORMED, WORDS_MALFORMED, NOT_UNDERSTOOD, VALIDATION_MALFORMED -> IssueType.INVALID;
                    case LOGOUT_TOKEN -> IssueType.SECURITY;
                    case TOO_MANY_REQUESTS -> IssueType.THROTTLED;
                    case ORIGIN_NOT_LISTED, VIDEO_PARTICIPANT -> IssueType.FORBIDDEN;
                    case PATH_UNKNOWN -> IssueType.NOTFOUND;
                    case SERVER_FAULT -> IssueType.EXCEPTION;
                    case TIME_OVER, BODY_TOO_SLOW -> IssueType.TIMEOUT;
                    case VERSION_MISMATCH,
                            SEVERAL_MATCHES,
                            STILL_REFERENCED,
                            CHANGED_MEANWHILE,
                            SIGN_OFF_STATE,
                            PLAN_STATE,
                            APPOINTMENT_SLOT,
                            APPOINTMENT_STATE,
                            VIDEO_CLOSED,
                            QUESTION_OTHER,
                            IMPORT_CONTENT -> IssueType.CONFLICT;
                    case PATCH_MALFORMED, ID_MISMATCH -> IssueType.STRUCTURE;
                    case PATCH_FAILED -> IssueType.PROCESSING;
                    case CONTENT_TYPE, NOT_ACCEPTABLE, PARAMETER_PASSED_OVER -> IssueType.NOTSUPPORTED;
                    case EVERYTHING_REQUEST,
                            MEASUREMENTS_REQUEST,
                            MATCH_REQUEST,
                            MERGE_REQUEST,
                            ERASURE_REQUEST,
                            CONSENT_DECISION,
                            BREAK_GLASS_REQUEST,
                            SIGN_OFF_REQUEST,
                            REPLAY_REQUEST,
                            PLAN_REQUEST,
                            APPOINTMENT_REQUEST,
                            SUBSCRIPTION_REQUEST,
                            QUESTION_REQUEST,
                            REMINDER_SETTINGS,
                            EXPORT_REQUEST,
                            IMPORT_REQUEST,
                            IMPORT_LINE,
                            JOB_RUN_REQUEST -> IssueType.INVALID;
                    case APPOINTMENT_CALENDAR,
                            APPOINTMENT_OVERLAP,
                            VIDEO_SERVICE,
                            VIDEO_NONE,
                            QUESTION_CLINIC,
                            PLAN_PROGRAMME,
                            PLAN_NOT_APPLICABLE,
                            PLAN_GOALS,
                            PLAN_DOSE,
                            PLAN_OVERLAP,
                            PLAN_TRAINING,
                            PLAN_QUESTION,
                            PLAN_PART,
                            PLAN_WITHOUT_PROGRAMME,
                            PLAN_PROPOSAL -> IssueType.BUSINESSRULE;
                    case EXPORT_UNKNOWN, IMPORT_UNKNOWN -> IssueType.NOTFOUND;
                    case EXPORT_LIMIT, EXPORT_FULL, IMPORT_LIMIT -> IssueType.THROTTLED;
                    case EXPORT_FAILED, IMPORT_FAILED -> IssueType.EXCEPTION;
                    case AUTHORIZATION_SERVER_UNREACHABLE, AUDIT_UNAVAILABLE, FULL_TEXT_BEHIND -> IssueType.TRANSIENT;
                };
        return outcome(type, problem.code(), what, problem.remedy());
    }

    public static OperationOutcome of(DenialCode code) {
        IssueType type = code.status() == 401 ? IssueType.LOGIN : IssueType.FORBIDDEN;
        return outcome(type, code.code(), code.meaning(), code.remedy());
    }

    private static OperationOutcome outcome(IssueType type, String code, String meaning, String remedy) {
        OperationOutcome outcome = new OperationOutcome();
        OperationOutcome.OperationOutcomeIssueComponent issue =
                outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type);
        issue.getDetails().addCoding().setSystem(CODES).setCode(code);
        issue.setDiagnostics(code + ": " + meaning + " " + remedy);
        return outcome;
    }

    /** Writes an answer outside of HAPI's servlet, in the format that the caller accepts. */
    public static void write(
            FhirContext context,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            OperationOutcome outcome)
            throws IOException {
        String accept = request.getHeader("Accept");
        boolean xml = accept != null && accept.contains("xml") && !accept.contains("json") && !accept.contains("html");
        IParser parser = xml ? context.newXmlParser() : context.newJsonParser();
        byte[] body = parser.encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        CarefulHeaders.on(response);
        response.setContentType(xml ? "application/fhir+xml;charset=UTF-8" : "application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
