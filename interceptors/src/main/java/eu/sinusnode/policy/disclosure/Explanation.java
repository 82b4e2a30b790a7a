package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Ruling;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody would be given a record, or not.
 *
 * @param permitted whether a read would give it: the rule gives it, and the link is there
 * @param by the directive that decided, when one did
 * @param related whether the link is there that such a caller needs; null when it needs none
 * @param until when what was opened closes again, exclusive, with {@link Rule#BREAK_GLASS}; else null
 */
public record Explanation(
        boolean permitted,
        Rule rule,
        @Nullable Directive by,
        @Nullable Boolean related,
        @Nullable Instant until) {

    /** Without anything that was opened. */
    public Explanation(boolean permitted, Rule rule, @Nullable Directive by, @Nullable Boolean related) {
        this(permitted, rule, by, related, null);
    }

    /** What decides, apart from the link; names are stable. */
    public enum Rule {
        /** The organization or the person is not stored, not active or outside of where data may go. */
        NOT_ADMITTED,
        /** No caller acts for the purpose here, whatever Consents say. */
        NOBODY_ACTS,
        /** Such callers get no such records here, whatever Consents say. */
        NOT_OPEN,
        /** Nobody answers for the finding yet. */
        UNSIGNED,
        PERMITTED,
        DENIED,
        NOT_PERMITTED,
        /** The analysis job has back what it wrote itself. */
        OWN_WORK,
        /** The record is kept, and nothing else (Art. 18 GDPR). */
        RESTRICTED,
        /** It is permitted, and of the form that would leave nothing is left that says anything. */
        NOTHING_LEFT,
        /** No Consent and no link gives it; the clinician has opened the record for a short time. */
        BREAK_GLASS;

        static Rule of(Ruling.Rule rule) {
            return switch (rule) {
                case PERMITTED -> PERMITTED;
                case DENIED -> DENIED;
                case NOT_PERMITTED -> NOT_PERMITTED;
                case OWN_WORK -> OWN_WORK;
            };
        }
    }

    /** Of a record that is permitted and has no masked form. */
    public Explanation nothingLeft() {
        return new Explanation(false, Rule.NOTHING_LEFT, by, related);
    }

    /** Of an organization or a person to whom nothing goes at all. */
    Explanation notAdmitted() {
        return new Explanation(false, Rule.NOT_ADMITTED, null, related);
    }
}
