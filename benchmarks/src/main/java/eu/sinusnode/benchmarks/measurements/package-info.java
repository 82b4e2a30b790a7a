/** What a patient's measurements cost over HTTP, newest first or summed up, with everything on. */
@NullMarked
package eu.sinusnode.benchmarks.measurements;

import org.jspecify.annotations.NullMarked;
