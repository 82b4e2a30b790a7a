/** The one command {@code ./sinusnode}: starts the parts, loads a cohort, runs the job and shows what came of it. */
@NullMarked
package eu.sinusnode.launcher;

import org.jspecify.annotations.NullMarked;
