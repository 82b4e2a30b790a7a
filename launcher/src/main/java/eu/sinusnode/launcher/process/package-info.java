/** Processes that outlive the launcher: found again, told from strangers, stopped in order. */
@NullMarked
package eu.sinusnode.launcher.process;

import org.jspecify.annotations.NullMarked;
