package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.DenialCode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A search whose conditions through references (chains, {@code _has}) have been resolved.
 *
 * @param search with the records that they stand for as ids
 * @param own what is asked besides them
 * @param linked those that stand for more records than can be named
 * @param wide whether one of them was asked among more patients than can be named
 */
public record ResolvedSearch(SearchRequest search, SearchRequest own, List<ReferenceCondition> linked, boolean wide) {

    public ResolvedSearch {
        linked = List.copyOf(linked);
    }

    /** One that has no such conditions. */
    static ResolvedSearch of(SearchRequest plain) {
        return new ResolvedSearch(plain, plain, List.of(), false);
    }

    /** With one more condition of its own, as it stands in a URL. */
    ResolvedSearch and(String parameter, String occurrence) {
        return new ResolvedSearch(
                search.occurrence(parameter, occurrence), own.occurrence(parameter, occurrence), linked, wide);
    }

    /** With the records that a condition stands for; when there are none, it finds nothing. */
    ResolvedSearch named(String parameter, String prefix, Collection<String> ids) {
        SearchRequest named = ids.isEmpty()
                ? search.and("_id", List.of(SearchNarrowing.NOBODY))
                : search.and(parameter, ids.stream().map(id -> prefix + id).toList());
        return new ResolvedSearch(named, own, linked, wide);
    }

    /** With a condition that stands for too many records. */
    ResolvedSearch linked(ReferenceCondition condition) {
        return new ResolvedSearch(
                search,
                own,
                Stream.concat(linked.stream(), Stream.of(condition)).toList(),
                true);
    }

    ResolvedSearch amongMany() {
        return new ResolvedSearch(search, own, linked, true);
    }

    /** Whether each record is to be decided by itself, where that can be done. */
    boolean isAskedWide(Narrowing outcome) {
        return wide
                || outcome instanceof Narrowing.Refused refused
                        && refused.deny().code() == DenialCode.SEARCH_TOO_WIDE;
    }
}
