/** What a search among everybody costs over HTTP. */
@NullMarked
package eu.sinusnode.benchmarks.search;

import org.jspecify.annotations.NullMarked;
