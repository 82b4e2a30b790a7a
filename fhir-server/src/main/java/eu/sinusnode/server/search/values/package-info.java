/** Searches by the values of Observations and by what they are of: how both are indexed, and how a condition asks for them. */
@NullMarked
package eu.sinusnode.server.search.values;

import org.jspecify.annotations.NullMarked;
