package eu.sinusnode.server.erasure;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.audit.DenialLedger;

/** The answer for a Patient who is not there. */
final class Unknown {

    private Unknown() {}

    static BaseServerResponseException patient(String patientId, RequestDetails request) {
        Decision.Deny deny = new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored");
        DenialLedger.note(request, deny, null);
        return Denials.exception(deny, "Patient/" + patientId);
    }
}
