/** What the devices send over weeks: vital signs, nights, steps and training, with gaps, delays and faults. */
@NullMarked
package eu.sinusnode.sampledata.signal;

import org.jspecify.annotations.NullMarked;
