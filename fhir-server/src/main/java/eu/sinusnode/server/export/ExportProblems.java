package eu.sinusnode.server.export;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.rest.Outcomes;

/** What answers a request that an export cannot be made of. */
final class ExportProblems {

    private static final String RETRY_AFTER = "60";

    private ExportProblems() {}

    /** @param what is wrong, as a sentence that repeats nothing of the request but names that the IG defines */
    static InvalidRequestException malformed(String what) {
        return new InvalidRequestException(
                RequestProblem.EXPORT_REQUEST.code(), Outcomes.of(RequestProblem.EXPORT_REQUEST, what));
    }

    /** For an export that is another's, has expired, was cancelled or never was: one and the same answer. */
    static ResourceNotFoundException unknown() {
        return new ResourceNotFoundException(
                RequestProblem.EXPORT_UNKNOWN.code(), Outcomes.of(RequestProblem.EXPORT_UNKNOWN));
    }

    static BaseServerResponseException later(RequestProblem problem) {
        UnclassifiedServerFailureException refused =
                new UnclassifiedServerFailureException(problem.status(), problem.code());
        refused.setOperationOutcome(Outcomes.of(problem));
        refused.addResponseHeader("Retry-After", RETRY_AFTER);
        return refused;
    }
}
