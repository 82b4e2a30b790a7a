/** HAPI's JPA server as it comes, for comparison. */
@NullMarked
package eu.sinusnode.benchmarks.stock;

import org.jspecify.annotations.NullMarked;
