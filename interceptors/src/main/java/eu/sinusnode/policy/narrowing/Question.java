package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far may this caller reach into one patient's records of a type?
 *
 * @param interaction by which the records would be reached; null when only the records matter and no scope is asked for
 * @param standing how the caller stands towards the patient; null for records that are nobody's
 */
public record Question(
        Caller caller,
        @Nullable Interaction interaction,
        String resourceType,
        @Nullable Standing standing,
        Instant at) {

    /** Whether the clinician has opened the patient's record without a Consent, and that still holds. */
    boolean isOpened() {
        return caller.kind() == CallerKind.CLINICIAN
                && standing != null
                && standing.opening() != null
                && standing.opening().holds(at);
    }

    /** The same question, by links and Consents alone. */
    Question byConsent() {
        return standing == null ? this : new Question(caller, interaction, resourceType, standing.byConsent(), at);
    }
}
