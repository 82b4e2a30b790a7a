/** A week of each model in figures: drift, load, agreement and calibration, and when they take it from people's sight. */
@NullMarked
package eu.sinusnode.analysis.watch;

import org.jspecify.annotations.NullMarked;
