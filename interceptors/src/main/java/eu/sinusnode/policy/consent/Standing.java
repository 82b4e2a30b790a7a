package eu.sinusnode.policy.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a caller stands towards one patient.
 *
 * @param related whether the link exists that the kind of caller needs; true where none is needed
 * @param directives what the patient's Consents say of the caller's organization and purpose, and of everybody
 * @param opening by which the caller has opened the patient's record without a Consent; null when it has not
 * @param restricted whether the record is kept and nothing else (Art. 18 GDPR)
 */
public record Standing(
        String patientId,
        boolean related,
        List<Directive> directives,
        @Nullable Opening opening,
        boolean restricted) {

    /** Another patient's directives are left out: a directory that gave too much would not widen anything. */
    public Standing {
        directives = directives.stream()
                .filter(directive -> directive.patientId().equals(patientId))
                .toList();
    }

    /** By links and Consents alone. */
    public Standing(String patientId, boolean related, List<Directive> directives) {
        this(patientId, related, directives, null, false);
    }

    /** The same without what was opened. */
    public Standing byConsent() {
        return new Standing(patientId, related, directives, null, restricted);
    }
}
