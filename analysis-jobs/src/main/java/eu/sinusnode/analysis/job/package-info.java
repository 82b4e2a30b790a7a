/** The risk-scoring run: read, score, write, a patient range at a time, going on where it stopped. */
@NullMarked
package eu.sinusnode.analysis.job;

import org.jspecify.annotations.NullMarked;
