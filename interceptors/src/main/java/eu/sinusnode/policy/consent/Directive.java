package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a Consent, compiled: a patient permits or denies somebody the use of some records for a purpose, from one
 * instant until another. A provision that lists several actors, purposes, classes, codes, labels or records makes several
 * of them, so that each says one of each at most.
 *
 * @param provision where in the Consent the rule stands, e.g. {@code provision.provision[1]}
 * @param actor whom it is about, {@code Organization/…}, {@code Practitioner/…}, or {@code CareTeam/…} until that is resolved
 *     ({@link TeamActors}); null is everybody, in a deny alone
 * @param purpose null is every purpose, in a deny alone
 * @param validity when the rule holds
 */
public record Directive(
        Effect effect,
        String patientId,
        String consentId,
        long consentVersion,
        String provision,
        @Nullable String actor,
        @Nullable Purpose purpose,
        Target target,
        Validity validity) {

    /** What a rule does. */
    public enum Effect {
        PERMIT,
        DENY
    }

    public boolean permits() {
        return effect == Effect.PERMIT;
    }

    /** Whether it is about everybody, every purpose and every record. */
    public boolean saysNothing() {
        return actor == null && purpose == null && target.equals(Target.ALL);
    }

    /** Whether this says all that the other one says, and more. When it holds is no part of that. */
    public boolean isMoreSpecificThan(Directive other) {
        return saysAllOf(other) && !other.saysAllOf(this);
    }

    /** Whether it is about nothing that the other one is not about. */
    public boolean saysAllOf(Directive other) {
        return (other.actor == null || other.actor.equals(actor))
                && (other.purpose == null || other.purpose == purpose)
                && target.saysAllOf(other.target);
    }
}
