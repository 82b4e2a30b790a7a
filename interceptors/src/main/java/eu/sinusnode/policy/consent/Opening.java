package eu.sinusnode.policy.consent;

import java.time.Instant;

/**
 * A clinician has opened one patient's record for a short time although no Consent permits it (break-glass).
 *
 * @param from inclusive
 * @param until exclusive
 */
public record Opening(String id, String patientId, EmergencyReason reason, Instant from, Instant until) {

    public boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
