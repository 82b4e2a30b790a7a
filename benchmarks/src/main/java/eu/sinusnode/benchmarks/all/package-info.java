/** All benchmarks, one after the other, and the file that keeps what they came to. */
@NullMarked
package eu.sinusnode.benchmarks.all;

import org.jspecify.annotations.NullMarked;
