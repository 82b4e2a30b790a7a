package eu.sinusnode.server.measurements;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups of records by their codes (operation-observation-lastn.html): codes that one record carries are one code, and what
 * is equal to an equal code is equal. Of each group the newest are kept, with all that were measured when the last of them
 * was.
 */
final class CodeGroups<T> {

    /** @param id tells apart, and orders, what was measured at one instant */
    record Entry<T>(Instant at, String id, T record) {}

    private final int max;
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, List<Entry<T>>> groups = new HashMap<>();

    CodeGroups(int max) {
        this.max = max;
    }

    /** @param codes at least one; an entry that is there already stays there once */
    void add(Set<String> codes, Entry<T> entry) {
        String root = null;
        for (String code : codes) {
            root = root == null ? root(code) : join(root, root(code));
        }
        List<Entry<T>> group = groups.computeIfAbsent(String.valueOf(root), first -> new ArrayList<>());
        if (group.stream().noneMatch(other -> other.id().equals(entry.id()))) {
            group.add(entry);
        }
        if (group.size() > 2 * max + 100) {
            groups.put(String.valueOf(root), newest(group));
        }
    }

    /** Each newest first; the group with the newest comes first. */
    List<List<Entry<T>>> newest() {
        return groups.values().stream()
                .map(this::newest)
                .sorted(Comparator.comparing((List<Entry<T>> group) -> group.get(0), this.order()))
                .toList();
    }

    private List<Entry<T>> newest(Collection<Entry<T>> group) {
        List<Entry<T>> sorted = new ArrayList<>(group);
        sorted.sort(order());
        if (sorted.size() <= max) {
            return sorted;
        }
        Instant last = sorted.get(max - 1).at();
        sorted.removeIf(entry -> entry.at().isBefore(last));
        return sorted;
    }

    private Comparator<Entry<T>> order() {
        return Comparator.comparing((Entry<T> entry) -> entry.at())
                .thenComparing(Entry::id)
                .reversed();
    }

    private String root(String code) {
        String root = code;
        String parent = parents.getOrDefault(root, root);
        while (!parent.equals(root)) {
            root = parent;
            parent = parents.getOrDefault(root, root);
        }
        return root;
    }

    private String join(String one, String other) {
        if (!one.equals(other)) {
            parents.put(other, one);
            List<Entry<T>> moved = groups.remove(other);
            if (moved != null) {
                List<Entry<T>> kept = groups.computeIfAbsent(one, first -> new ArrayList<>());
                moved.stream()
                        .filter(entry ->
                                kept.stream().noneMatch(there -> there.id().equals(entry.id())))
                        .forEach(kept::add);
            }
        }
        return one;
    }
}
