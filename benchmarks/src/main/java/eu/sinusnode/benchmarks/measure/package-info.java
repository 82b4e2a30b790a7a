/** Figures: medians with their spread, CPU time of processes, and the machine they were taken on. */
@NullMarked
package eu.sinusnode.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
