/** What was acknowledged outlives the kill of the server and of PostgreSQL. */
@NullMarked
package eu.sinusnode.server.durability;

import org.jspecify.annotations.NullMarked;
