/** Rows of made-up patients and records, like those of loaded ones. */
@NullMarked
package eu.sinusnode.benchmarks.madeup;

import org.jspecify.annotations.NullMarked;
