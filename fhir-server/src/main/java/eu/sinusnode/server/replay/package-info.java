/** Asking the analysis job to compute a risk flag again: the Task, and what the server can answer itself. */
@NullMarked
package eu.sinusnode.server.replay;

import org.jspecify.annotations.NullMarked;
