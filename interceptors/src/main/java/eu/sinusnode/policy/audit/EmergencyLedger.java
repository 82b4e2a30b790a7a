package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.consent.EmergencyReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose records a request is shown, or asks for, in an emergency: what it tells of them stands in the audit with that purpose. */
public final class EmergencyLedger {

    private static final String KEY = EmergencyLedger.class.getName();

    private EmergencyLedger() {}

    public static void note(RequestDetails request, String patientId, EmergencyReason reason) {
        of(request).put(patientId, reason);
    }

    /** By patient id; empty for nearly every request. */
    @SuppressWarnings("unchecked")
    static Map<String, EmergencyReason> of(RequestDetails request) {
        return (Map<String, EmergencyReason>)
                request.getUserData().computeIfAbsent(KEY, key -> new ConcurrentHashMap<String, EmergencyReason>());
    }
}
