/** The embedded PostgreSQL: real binaries as an own process that outlives this one, with durable settings and passwords. */
@NullMarked
package eu.sinusnode.server.postgres;

import org.jspecify.annotations.NullMarked;
