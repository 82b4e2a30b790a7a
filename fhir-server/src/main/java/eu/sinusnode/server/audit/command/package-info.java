/** The audit's command line: verify the chain, drop what has passed its retention. */
@NullMarked
package eu.sinusnode.server.audit.command;

import org.jspecify.annotations.NullMarked;
