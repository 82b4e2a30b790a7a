/** What a run of the risk-scoring job costs: reading and scoring everybody, writing their flags, and who has changed. */
@NullMarked
package eu.sinusnode.benchmarks.risk;

import org.jspecify.annotations.NullMarked;
