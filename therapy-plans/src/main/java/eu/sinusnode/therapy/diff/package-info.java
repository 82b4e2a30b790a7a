/** What a newer version of a programme changes; pure. */
@NullMarked
package eu.sinusnode.therapy.diff;

import org.jspecify.annotations.NullMarked;
