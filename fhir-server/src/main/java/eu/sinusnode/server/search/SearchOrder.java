package eu.sinusnode.server.search;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortSpec;
import org.jspecify.annotations.Nullable;

/**
 * The order of what a search finds. What is equal in every key that was asked for has one order, too: pages never overlap,
 * and the order does not depend on the database's plan, which what is hidden has a part in.
 */
public final class SearchOrder {

    /** HAPI's name for the number that each record has in the database; only the server itself sorts by it. */
    private static final String ROW = "_pid";

    private SearchOrder() {}

    /** @param asked null for the order in which the records were stored first */
    public static void sort(SearchParameterMap search, @Nullable SortSpec asked) {
        if (asked == null) {
            search.setSort(new SortSpec(ROW));
            return;
        }
        SortSpec last = asked;
        while (last.getChain() != null) {
            last = last.getChain();
        }
        last.setChain(new SortSpec(ROW));
        search.setSort(asked);
    }
}
