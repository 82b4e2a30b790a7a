package eu.sinusnode.policy.access;

import java.util.Set;

/** What a policy says of a request or a resource; it always carries its reason, for the audit. */
public sealed interface Decision {

    /** @param rule stable name of the rule that permitted; @param reason one plain sentence without resource content */
    record Permit(String rule, String reason, Set<Obligation> obligations) implements Decision {
        public static Permit of(String rule, String reason) {
            return new Permit(rule, reason, Set.of());
        }
    }

    /**
     * @param reason one plain sentence, without a full stop and without resource content: for the audit, and for the caller
     *     unless the code {@link DenialCode#hidesExistence() hides existence}
     */
    record Deny(DenialCode code, String reason) implements Decision {}

    /** What the permit demands of the answer. */
    enum Obligation {
        /** Unsigned (preliminary) Observations must be left out. */
        SIGNED_ONLY
    }
}
