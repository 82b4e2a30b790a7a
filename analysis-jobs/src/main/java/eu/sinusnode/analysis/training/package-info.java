/** Training and evaluating the shipped models on labelled records; never used while scoring patients. */
@NullMarked
package eu.sinusnode.analysis.training;

import org.jspecify.annotations.NullMarked;
