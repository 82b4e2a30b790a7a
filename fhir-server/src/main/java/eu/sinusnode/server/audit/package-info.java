/** AuditEvents in a store of their own: durable when recorded, never changed, read by auditors. */
@NullMarked
package eu.sinusnode.server.audit;

import org.jspecify.annotations.NullMarked;
