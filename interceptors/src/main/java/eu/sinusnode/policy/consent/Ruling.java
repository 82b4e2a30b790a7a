package eu.sinusnode.policy.consent;

import org.jspecify.annotations.Nullable;

/**
 * What a patient's directives say of one record for one caller and purpose.
 *
 * @param by the directive that decided; null when none is about the record
 */
public record Ruling(Rule rule, @Nullable Directive by) {

    /** Why it is so. */
    public enum Rule {
        /** A permit is about the record, and each deny that is has a more specific permit beside it. */
        PERMITTED,
        /** A deny is about the record, and no more specific permit is. */
        DENIED,
        /** No permit is about the record. */
        NOT_PERMITTED,
        /** The analysis job has back what it wrote itself: a rule beside the Consents. */
        OWN_WORK
    }

    public boolean isPermitted() {
        return rule == Rule.PERMITTED || rule == Rule.OWN_WORK;
    }
}
