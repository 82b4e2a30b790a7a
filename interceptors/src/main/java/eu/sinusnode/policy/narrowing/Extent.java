package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is left of one patient's records of a type. */
public sealed interface Extent {

    record Nothing(Decision.Deny deny) implements Extent {}

    /** Only the records for which each of the limits holds. */
    record Only(List<Limit> limits) implements Extent {
        public Only {
            limits = List.copyOf(limits);
        }
    }

    record Everything() implements Extent {}

    static Extent only(Criterion... alternatives) {
        return new Only(List.of(new Limit(Set.of(alternatives))));
    }

    /** What both leave; of two refusals this one's reason stays. */
    default Extent and(Extent other) {
        if (this instanceof Nothing || other instanceof Everything) {
            return this;
        }
        if (other instanceof Nothing || this instanceof Everything) {
            return other;
        }
        List<Limit> all = new ArrayList<>(limits());
        other.limits().stream().filter(limit -> !all.contains(limit)).forEach(all::add);
        return new Only(all);
    }

    /** Empty for everything and for nothing. */
    default List<Limit> limits() {
        return this instanceof Only some ? some.limits() : List.of();
    }

    default boolean contains(RecordFacts record) {
        return !(this instanceof Nothing) && limits().stream().allMatch(limit -> limit.holdsFor(record));
    }
}
