package eu.sinusnode.policy.validation.form;

import eu.sinusnode.policy.validation.form.Shape.Child;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What has to fit together in one object: the values of a list of primitives and what stands beside them under the name
 * with an underscore (json.html#primitive), and the one value of a choice.
 */
final class JsonPairs {

    /** HAPI's encoder writes the id of a primitive only where an extension is written, too. */
    static final String ONLY_ID = "is an id without an extension, which is not kept; leave it out";

    /** A list of values. */
    static final class Values {
        private final BitSet nulls = new BitSet();
        private final BitSet onlyIds = new BitSet();
        private int size;

        /** @param onlyId whether what stands beside the value is an id alone */
        void add(boolean isNull, boolean onlyId) {
            onlyIds.set(size, onlyId);
            nulls.set(size++, isNull);
        }

        private boolean has(int index) {
            return index < size && !nulls.get(index);
        }

        /** Whether something stands beside a value that is more than an id: then the ids of all are kept. */
        private boolean hasMore() {
            BitSet less = (BitSet) nulls.clone();
            less.or(onlyIds);
            return less.cardinality() < size;
        }
    }

    private final Place place;
    private final Faults faults;
    private final Map<String, Values> values = new HashMap<>();
    private final Map<String, Values> beside = new HashMap<>();
    private final Map<String, String> chosen = new HashMap<>();
    private final Set<String> onlyIds = new HashSet<>();

    JsonPairs(Place place, Faults faults) {
        this.place = place;
        this.faults = faults;
    }

    Values of(String name) {
        return values.computeIfAbsent(name, first -> new Values());
    }

    Values beside(String name) {
        return beside.computeIfAbsent(name, first -> new Values());
    }

    /** What is no list, stands beside a value, and is an id alone. */
    void onlyId(String name) {
        onlyIds.add(name);
    }

    void choose(Child child, String name) {
        if (child.choice() != null) {
            String before = chosen.putIfAbsent(child.choice(), name);
            if (before != null && !before.equals(name)) {
                faults.add(place.child(name), "stands beside " + before + ", and only one of them may be there");
            }
        }
    }

    /** When all fields are read. */
    void close() {
        onlyIds.forEach(name -> faults.add(place.child(name), ONLY_ID));
        values.forEach((name, list) -> {
            Values other = beside.getOrDefault(name, new Values());
            for (int i = 0; i < list.size; i++) {
                if (!list.has(i) && !other.has(i)) {
                    faults.add(place.child(name).item(i), "is null, and nothing stands beside it");
                }
            }
            if (other.size > list.size && list.size > 0) {
                faults.add(place.child("_" + name), "is longer than " + name);
            }
        });
        beside.forEach((name, list) -> {
            Values named = values.getOrDefault(name, new Values());
            list.onlyIds.stream()
                    .filter(index -> !list.hasMore() || !named.has(index))
                    .forEach(index -> faults.add(place.child("_" + name).item(index), ONLY_ID));
            if (!values.containsKey(name) && !list.nulls.isEmpty()) {
                faults.add(place.child("_" + name), "has null where no value stands either");
            }
        });
    }
}
