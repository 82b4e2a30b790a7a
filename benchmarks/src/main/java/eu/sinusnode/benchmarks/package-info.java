/** Measurements that people run by hand: what they print is the result, nothing passes or fails. */
@NullMarked
package eu.sinusnode.benchmarks;

import org.jspecify.annotations.NullMarked;
