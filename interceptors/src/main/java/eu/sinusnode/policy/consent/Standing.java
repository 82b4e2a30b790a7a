package eu.sinusnode.policy.consent;

import java.util.List;

/**
 * How a caller stands towards one patient.
 *
 * @param related whether the link exists that the kind of caller needs; true where none is needed
 * @param permits the patient's permits for the caller's organization and purpose
 */
public record Standing(String patientId, boolean related, List<Permit> permits) {
    public Standing {
        permits = List.copyOf(permits);
    }
}
