/** Open risk flags: one of each risk and patient, whoever writes them at the same moment. */
@NullMarked
package eu.sinusnode.server.flags;

import org.jspecify.annotations.NullMarked;
