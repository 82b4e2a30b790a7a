package eu.sinusnode.policy.consent;

import java.util.List;

/**
 * How a caller stands towards one patient.
 *
 * @param related whether the link exists that the kind of caller needs; true where none is needed
 * @param directives what the patient's Consents say of the caller's organization and purpose, and of everybody
 */
public record Standing(String patientId, boolean related, List<Directive> directives) {
    public Standing {
        directives = List.copyOf(directives);
    }
}
