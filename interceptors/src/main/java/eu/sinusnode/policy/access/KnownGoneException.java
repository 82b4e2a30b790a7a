package eu.sinusnode.policy.access;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;

/**
 * A 410 that the caller may be given: for a record, that caller might have read it before it was deleted; for a page, it
 * tells of no record. Every other 410 of a record is answered like an id that does not exist.
 */
public final class KnownGoneException extends ResourceGoneException {

    private static final long serialVersionUID = 1L;

    public KnownGoneException(String message) {
        super(message);
    }
}
