package eu.sinusnode.policy.narrowing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search (search.html) for the records of a type of everybody who permits them to the caller, when they are more patients
 * than can be named.
 *
 * @param conditions on the record itself: neither chains nor patients, nor what shapes the answer
 * @param order parameters to sort by, the first one first, each with {@code -} before it when it descends; empty leaves it
 *     to the server
 */
public record WideSearch(
        SearchRequest conditions,
        List<String> order,
        @Nullable Integer count,
        @Nullable String after) implements DecidedSearch {

    public WideSearch {
        order = List.copyOf(order);
    }
}
