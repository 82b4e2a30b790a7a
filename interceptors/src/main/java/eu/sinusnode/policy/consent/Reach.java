package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Decision;
import java.util.List;
import java.util.Set;

/** How far a caller may reach into one patient's records of one type, as a search can be told. */
public sealed interface Reach {

    record None(Decision.Deny deny) implements Reach {}

    /** Only records for which each part holds. */
    record Some(List<Part> parts) implements Reach {
        public Some {
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

    /** It is none of these, {@code Type/id}. */
    record NotOfInstances(Set<String> instances) implements Part {
        public NotOfInstances {
            instances = Set.copyOf(instances);
        }
    }

    /** It carries one of the labels. */
    record OfLabels(Set<Code> labels) implements Part {
        public OfLabels {
            labels = Set.copyOf(labels);
        }
    }

    /** It carries none of the labels. */
    record NotOfLabels(Set<Code> labels) implements Part {
        public NotOfLabels {
            labels = Set.copyOf(labels);
        }
    }

    /** All of its time lies in the period. */
    record Within(Validity period) implements Part {}

    /** It tells its time, and none of that lies in the period. */
    record Outside(Validity period) implements Part {}
}
