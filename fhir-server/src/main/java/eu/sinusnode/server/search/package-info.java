/** Searches on the storage: their order, and those that a search or a condition needs besides its own. */
@NullMarked
package eu.sinusnode.server.search;

import org.jspecify.annotations.NullMarked;
