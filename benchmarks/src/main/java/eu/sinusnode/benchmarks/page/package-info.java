/** The page of the benchmarks' results, with charts, made of the files that they left. */
@NullMarked
package eu.sinusnode.benchmarks.page;

import org.jspecify.annotations.NullMarked;
