/** Requests over several connections for a fixed time. */
@NullMarked
package eu.sinusnode.benchmarks.load;

import org.jspecify.annotations.NullMarked;
