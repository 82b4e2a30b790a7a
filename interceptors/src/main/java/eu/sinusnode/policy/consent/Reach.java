package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Decision;
import java.util.Set;

/** How far a caller may reach into one patient's records of one type. */
public sealed interface Reach {

    record None(Decision.Deny deny) implements Reach {}

    /** Only records that carry one of the codes. */
    record OfCodes(Set<Code> codes) implements Reach {
        public OfCodes {
            codes = Set.copyOf(codes);
        }
    }

    record Everything() implements Reach {}
}
