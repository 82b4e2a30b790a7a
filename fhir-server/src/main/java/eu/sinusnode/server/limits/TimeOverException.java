package eu.sinusnode.server.limits;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.rest.Outcomes;

/** The request has been worked on for as long as one may be. */
final class TimeOverException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    TimeOverException() {
        super(
                RequestProblem.TIME_OVER.status(),
                RequestProblem.TIME_OVER.meaning(),
                Outcomes.of(RequestProblem.TIME_OVER));
    }
}
