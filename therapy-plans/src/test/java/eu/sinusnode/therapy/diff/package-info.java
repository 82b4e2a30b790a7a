/** Tests of what a newer version of a programme changes. */
@NullMarked
package eu.sinusnode.therapy.diff;

import org.jspecify.annotations.NullMarked;
