package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.Question;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Whether a stored record may be named in what a caller writes: to name one tells that it is there. So whoever may have it
 * may name it, by relationship, restriction, consent and signature as in a read. Role and scopes are not asked: they are
 * the same for every record of a type, and say what is delivered.
 *
 * <p>Beside that: whose Patient it is, is decided as such ({@link ReferencePolicy}); the directory is open; a Device is
 * named by whatever it measures, whichever codes are permitted, and a gateway names its own ones and nothing else of a
 * patient; the administrator loads everything.
 */
public final class NamingPolicy {

    private static final String PATIENT = "Patient";
    private static final String DEVICE = "Device";
    /** Who signs, and who is permitted something. */
    private static final Set<String> NAMED_IN_CONSENTS = Set.of("RelatedPerson", "CareTeam");

    private final RecordVisibility visibility;

    public NamingPolicy(RecordVisibility visibility) {
        this.visibility = visibility;
    }

    /** @param standings of the patients whose record it is, by patient id; one who is missing here is refused */
    public Decision decide(Caller caller, RecordFacts named, Map<String, Standing> standings, Instant at) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("loader", "the administrator names every record");
        }
        if (named.resourceType().equals(PATIENT)) {
            return Decision.Permit.of("naming", "for whom the caller writes is another decision");
        }
        if (named.resourceType().equals(DEVICE) && caller.kind() != CallerKind.CONSENT_RECORDER) {
            return visibility
                            .extent(new Question(caller, null, DEVICE, null, at))
                            .contains(named)
                    ? Decision.Permit.of("naming", "Devices are named by what they measure")
                    : new Decision.Deny(DenialCode.RELATIONSHIP, "the Device belongs to another organization");
        }
        if (named.ownership() instanceof Ownership.Directory) {
            return Decision.Permit.of("naming", "the directory is open");
        }
        if (caller.kind() == CallerKind.CONSENT_RECORDER && !NAMED_IN_CONSENTS.contains(named.resourceType())) {
            return new Decision.Deny(DenialCode.RELATIONSHIP, "a recorder names who signs and who is permitted");
        }
        return caller.kind() == CallerKind.DEVICE_GATEWAY
                ? new Decision.Deny(DenialCode.RELATIONSHIP, "a gateway names its own Devices and what it brings along")
                : visibility.decideRecord(caller, null, named, standings, at);
    }
}
