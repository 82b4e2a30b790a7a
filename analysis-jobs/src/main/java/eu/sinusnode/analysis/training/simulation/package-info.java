/** Simulated patients at home, for models that no recorded data is at hand for. Every number in here is an assumption. */
@NullMarked
package eu.sinusnode.analysis.training.simulation;

import org.jspecify.annotations.NullMarked;
