/** Additive models of rows with named inputs: read, trained, cross-validated in two layers, and measured. */
@NullMarked
package eu.sinusnode.analysis.training.tabular;

import org.jspecify.annotations.NullMarked;
