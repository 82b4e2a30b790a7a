package eu.sinusnode.server.bulkimport;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.rest.Outcomes;

/** What answers a request that an import cannot be made of. */
final class ImportProblems {

    private static final String RETRY_AFTER = "60";

    private ImportProblems() {}

    /** @param what is wrong, as a sentence that repeats nothing of the request but names that $import defines */
    static InvalidRequestException malformed(String what) {
        return new InvalidRequestException(
                RequestProblem.IMPORT_REQUEST.code(), Outcomes.of(RequestProblem.IMPORT_REQUEST, what));
    }

    /** For an import that is another's, has expired, was cancelled or never was: one and the same answer. */
    static ResourceNotFoundException unknown() {
        return new ResourceNotFoundException(
                RequestProblem.IMPORT_UNKNOWN.code(), Outcomes.of(RequestProblem.IMPORT_UNKNOWN));
    }

    static BaseServerResponseException tooMany() {
        UnclassifiedServerFailureException refused = new UnclassifiedServerFailureException(
                RequestProblem.IMPORT_LIMIT.status(), RequestProblem.IMPORT_LIMIT.code());
        refused.setOperationOutcome(Outcomes.of(RequestProblem.IMPORT_LIMIT));
        refused.addResponseHeader("Retry-After", RETRY_AFTER);
        return refused;
    }
}
