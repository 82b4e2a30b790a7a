package eu.sinusnode.server.projection;

import java.util.List;

/** Keeps a table that says in rows what certain resources mean. */
public interface Projection {

    /**
     * Called once a transaction that stores resources, immediately before it commits and on its connection; what it
     * writes commits or rolls back with the resources. An exception rolls everything back and reaches the caller.
     *
     * @param changes every resource that the transaction stores, of every type; a projection picks its own
     */
    void apply(List<ResourceChange> changes);
}
