package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Decision;
import java.util.List;
import java.util.Set;

/** How far a caller may reach into one patient's records of one type, as a search can be told. */
public sealed interface Reach {

    record None(Decision.Deny deny) implements Reach {}

    /** Only records for which each part holds. */
    record Within(List<Part> parts) implements Reach {
        public Within {
            parts = List.copyOf(parts);
        }
    }

    record Everything() implements Reach {}

    /** A condition on a record. */
    sealed interface Part {}

    /** It carries one of the codes. */
    record OfCodes(Set<Code> codes) implements Part {
        public OfCodes {
            codes = Set.copyOf(codes);
        }
    }

    /** It tells its codes, and carries none of these, if there are any. */
    record NotOfCodes(Set<Code> codes) implements Part {
        public NotOfCodes {
            codes = Set.copyOf(codes);
        }
    }

    /** It is one of these, {@code Type/id}. */
    record OfInstances(Set<String> instances) implements Part {
        public OfInstances {
            instances = Set.copyOf(instances);
        }
    }
}
