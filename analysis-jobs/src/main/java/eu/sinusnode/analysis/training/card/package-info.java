/** Model cards: words around the figures that were measured, so that neither drifts from the other. */
@NullMarked
package eu.sinusnode.analysis.training.card;

import org.jspecify.annotations.NullMarked;
