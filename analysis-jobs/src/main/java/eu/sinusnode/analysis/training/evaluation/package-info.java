/** How good probabilities are: ROC curve, calibration, thresholds, and intervals that know which rows belong together. */
@NullMarked
package eu.sinusnode.analysis.training.evaluation;

import org.jspecify.annotations.NullMarked;
