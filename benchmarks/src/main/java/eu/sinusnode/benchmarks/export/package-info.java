/** What a bulk export costs, from the kick-off to the last byte of its files. */
@NullMarked
package eu.sinusnode.benchmarks.export;

import org.jspecify.annotations.NullMarked;
