package eu.sinusnode.policy.narrowing;

import org.jspecify.annotations.Nullable;

/**
 * A search among more patients than can be named to the storage: what it finds is decided record by record, so that pages
 * are full and exceptions of one patient touch nobody else. It tells no total, and its pages begin at places.
 */
public sealed interface DecidedSearch permits PopulationSearch, WideSearch {

    /** How many a page; null leaves it to the server. */
    @Nullable
    Integer count();

    /** Where the page begins, as an earlier page told; null for the first one. */
    @Nullable
    String after();
}
