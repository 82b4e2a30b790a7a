/** Attacks on the edge, and what it lets through. */
@NullMarked
package eu.sinusnode.server.edge;

import org.jspecify.annotations.NullMarked;
