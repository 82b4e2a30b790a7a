/** What it costs to take vital signs in. */
@NullMarked
package eu.sinusnode.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
