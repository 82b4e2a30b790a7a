/** Searches by the values of Observations: how values are indexed, and how a condition asks for them. */
@NullMarked
package eu.sinusnode.server.search.values;

import org.jspecify.annotations.NullMarked;
