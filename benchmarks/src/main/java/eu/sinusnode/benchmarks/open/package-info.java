/** A server for measuring against: the same storage, nothing before it. It never leaves the loopback interface. */
@NullMarked
package eu.sinusnode.benchmarks.open;

import org.jspecify.annotations.NullMarked;
