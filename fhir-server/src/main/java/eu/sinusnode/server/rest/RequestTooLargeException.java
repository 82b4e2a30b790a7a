package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.RequestProblem;

/** The body went over the limit while it was read, or is a batch of too many entries. */
public final class RequestTooLargeException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    public RequestTooLargeException() {
        super(
                RequestProblem.BODY_TOO_LARGE.status(),
                RequestProblem.BODY_TOO_LARGE.meaning(),
                Outcomes.of(RequestProblem.BODY_TOO_LARGE));
    }
}
