/** What it costs to search vital signs of everybody who permits it. */
@NullMarked
package eu.sinusnode.benchmarks.population;

import org.jspecify.annotations.NullMarked;
