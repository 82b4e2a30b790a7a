/** Reads of single records and of one patient's newest, beside the stock server's of the same records. */
@NullMarked
package eu.sinusnode.benchmarks.read;

import org.jspecify.annotations.NullMarked;
