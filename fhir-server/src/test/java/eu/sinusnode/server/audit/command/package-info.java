/** The audit's commands against a real database. */
@NullMarked
package eu.sinusnode.server.audit.command;

import org.jspecify.annotations.NullMarked;
