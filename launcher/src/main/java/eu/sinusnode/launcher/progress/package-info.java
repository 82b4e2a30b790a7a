/** What the user sees while something takes longer than two seconds. */
@NullMarked
package eu.sinusnode.launcher.progress;

import org.jspecify.annotations.NullMarked;
