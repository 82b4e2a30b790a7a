package eu.sinusnode.policy.narrowing;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search (search.html) for the records of a type of everybody who permits them to the caller, when they are more patients
 * than can be named.
 *
 * @param conditions on the record itself: neither chains nor patients that were named, nor what shapes the answer
 * @param linked conditions through references, which are asked of what meets the others
 * @param order parameters to sort by, the first one first, each with {@code -} before it when it descends; empty leaves it
 *     to the server
 */
public record WideSearch(
        SearchRequest conditions,
        List<ReferenceCondition> linked,
        List<String> order,
        @Nullable Integer count,
        @Nullable String after)
        implements DecidedSearch {

    public WideSearch {
        linked = List.copyOf(linked);
        order = List.copyOf(order);
    }

    /** The type of what it finds. */
    public String resourceType() {
        return conditions.resourceType();
    }

    /** The same search with one more condition. */
    WideSearch and(String parameter, Collection<String> alternatives) {
        return new WideSearch(conditions.and(parameter, alternatives), linked, order, count, after);
    }
}
