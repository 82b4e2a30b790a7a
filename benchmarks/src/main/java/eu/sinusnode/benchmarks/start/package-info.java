/** What a start of the server on an existing database takes, and what it holds of memory when nobody asks for anything. */
@NullMarked
package eu.sinusnode.benchmarks.start;

import org.jspecify.annotations.NullMarked;
