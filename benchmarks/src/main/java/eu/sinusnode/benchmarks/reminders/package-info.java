/** What it costs to remind everybody of a day. */
@NullMarked
package eu.sinusnode.benchmarks.reminders;

import org.jspecify.annotations.NullMarked;
