/** HAPI's JPA storage on PostgreSQL: pool, schema, settings and what the policies read from it. */
@NullMarked
package eu.sinusnode.server.storage;

import org.jspecify.annotations.NullMarked;
