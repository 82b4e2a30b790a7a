/** One data set that grows by imports, and what reads of it take at each size. */
@NullMarked
package eu.sinusnode.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
