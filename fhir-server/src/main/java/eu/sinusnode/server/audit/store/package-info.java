/** The audit's tables: events with what concerns a person sealed, added in one chain. */
@NullMarked
package eu.sinusnode.server.audit.store;

import org.jspecify.annotations.NullMarked;
