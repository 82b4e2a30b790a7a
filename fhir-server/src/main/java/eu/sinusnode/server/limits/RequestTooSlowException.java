package eu.sinusnode.server.limits;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.rest.Outcomes;

/** The body came too slowly. */
final class RequestTooSlowException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    RequestTooSlowException() {
        super(
                RequestProblem.BODY_TOO_SLOW.status(),
                RequestProblem.BODY_TOO_SLOW.meaning(),
                Outcomes.of(RequestProblem.BODY_TOO_SLOW));
    }
}
