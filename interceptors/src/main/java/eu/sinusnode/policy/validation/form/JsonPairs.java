package eu.sinusnode.policy.validation.form;

import eu.sinusnode.policy.validation.form.Shape.Child;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to fit together in one object: the values of a list of primitives and what stands beside them under the name
 * with an underscore (json.html#primitive), and the one value of a choice.
 */
final class JsonPairs {

    /** A list of values. */
    static final class Values {
        private final BitSet nulls = new BitSet();
        private int size;

        void add(boolean isNull) {
            nulls.set(size++, isNull);
        }

        private boolean has(int index) {
            return index < size && !nulls.get(index);
        }
    }

    private final Place place;
    private final Faults faults;
    private final Map<String, Values> values = new HashMap<>();
    private final Map<String, Values> beside = new HashMap<>();
    private final Map<String, String> chosen = new HashMap<>();

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
            if (!values.containsKey(name) && !list.nulls.isEmpty()) {
                faults.add(place.child("_" + name), "has null where no value stands either");
            }
        });
    }
}
