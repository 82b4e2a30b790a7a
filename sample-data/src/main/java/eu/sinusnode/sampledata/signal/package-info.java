/** What the devices send over weeks: blood pressure, heart rate and body weight, with gaps, delays and faults. */
@NullMarked
package eu.sinusnode.sampledata.signal;

import org.jspecify.annotations.NullMarked;
