/** Doing again what failed for a passing reason, with growing pauses. */
@NullMarked
package eu.sinusnode.analysis.retry;

import org.jspecify.annotations.NullMarked;
