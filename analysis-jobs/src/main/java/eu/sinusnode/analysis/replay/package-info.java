/** An old flag computed again from the versions that its manifest names, and what came out beside what it says. */
@NullMarked
package eu.sinusnode.analysis.replay;

import org.jspecify.annotations.NullMarked;
