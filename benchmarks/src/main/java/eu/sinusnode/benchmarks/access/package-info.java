/** What the request's way costs: the server with every policy against the same storage without any. */
@NullMarked
package eu.sinusnode.benchmarks.access;

import org.jspecify.annotations.NullMarked;
