package eu.sinusnode.analysis.training.tabular;

import java.util.Map;
import java.util.TreeMap;

/** How often what. */
final class Counter {

    private final Map<String, Integer> counts = new TreeMap<>();

    void add(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
