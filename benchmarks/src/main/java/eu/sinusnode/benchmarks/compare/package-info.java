/** The server with every policy beside the same storage without any, both under the same load in turn. */
@NullMarked
package eu.sinusnode.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
