/** The audit store, on a real PostgreSQL. */
@NullMarked
package eu.sinusnode.server.audit;

import org.jspecify.annotations.NullMarked;
