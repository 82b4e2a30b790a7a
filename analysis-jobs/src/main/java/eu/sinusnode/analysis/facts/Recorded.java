package eu.sinusnode.analysis.facts;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a kind stands in a record that was read, or why it was not read. Only of a record that was read does "not in it"
 * say anything, and even then no more than that.
 *
 * @param found each with the versions of the resources that name it
 * @param unread why it is not known; null when the record was read
 */
public record Recorded<E extends Enum<E>>(
        Map<E, Set<String>> found, @Nullable String unread) {

    public static <E extends Enum<E>> Recorded<E> of(Map<E, Set<String>> found) {
        return new Recorded<E>(Map.copyOf(found), null);
    }

    /** The record was read, and there is nothing. */
    public static <E extends Enum<E>> Recorded<E> none() {
        return new Recorded<E>(Map.of(), null);
    }

    /** @param why as a whole sentence */
    public static <E extends Enum<E>> Recorded<E> unread(String why) {
        return new Recorded<E>(Map.of(), why);
    }

    /** What both found; read when both were. */
    Recorded<E> and(Recorded<E> other) {
        Map<E, Set<String>> both = new HashMap<>();
        for (Recorded<E> one : List.of(this, other)) {
            one.found.forEach((what, versions) ->
                    both.computeIfAbsent(what, ignored -> new TreeSet<>()).addAll(versions));
        }
        return new Recorded<E>(both, unread == null ? other.unread : unread);
    }

    /** What those versions name of which this holds. What else there is counts as unread, for the reason of {@code other}. */
    Recorded<E> namedBy(Predicate<String> version, Recorded<E> other) {
        Map<E, Set<String>> named = new HashMap<>();
        found.forEach((what, versions) -> {
            Set<String> those = versions.stream().filter(version).collect(Collectors.toCollection(TreeSet::new));
            if (!those.isEmpty()) {
                named.put(what, those);
            }
        });
        return new Recorded<E>(named, other.unread);
    }

    public boolean isRead() {
        return unread == null;
    }

    public boolean has(E what) {
        return found.containsKey(what);
    }

    /** Versions of the resources that name any of these. */
    @SafeVarargs
    public final Set<String> references(E... what) {
        TreeSet<String> references = new TreeSet<>();
        Arrays.stream(what).forEach(one -> references.addAll(found.getOrDefault(one, Set.of())));
        return references;
    }

    /** Those of these that are there, in this order. */
    public List<E> of(List<E> asked) {
        return asked.stream().filter(this::has).toList();
    }
}
