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
        NOT_ADMITTED(LegalBasis.ADMISSION),
        /** No caller acts for the purpose here, whatever Consents say. */
        NOBODY_ACTS(LegalBasis.PURPOSE_LIMITATION),
        /** Such callers get no such records here, whatever Consents say. */
        NOT_OPEN(LegalBasis.MINIMISATION),
        /** Nobody answers for the finding yet. */
        UNSIGNED(LegalBasis.ACCURACY),
        PERMITTED(LegalBasis.CONSENT),
        DENIED(LegalBasis.NO_CONSENT),
        NOT_PERMITTED(LegalBasis.NO_CONSENT),
        /** The analysis job has back what it wrote itself. */
        OWN_WORK(LegalBasis.CONSENT),
        /** The record is kept, and nothing else (Art. 18 GDPR). */
        RESTRICTED(LegalBasis.RESTRICTION),
        /** It is permitted, and of the form that would leave nothing is left that says anything. */
        NOTHING_LEFT(LegalBasis.RESEARCH_SAFEGUARDS),
        /** No Consent and no link gives it; the clinician has opened the record for a short time. */
        BREAK_GLASS(LegalBasis.VITAL_INTERESTS),
        /** The patient, or who represents the patient, has the own record, whatever Consents say. */
        OWN_ACCESS(LegalBasis.OWN_ACCESS),
        /** Who runs and who oversees the server does what the law asks for, and gets no record by it. */
        LEGAL_DUTY(LegalBasis.LEGAL_DUTY);

        private final LegalBasis basis;

        Rule(LegalBasis basis) {
            this.basis = basis;
        }

        public LegalBasis basis() {
            return basis;
        }

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
