/** Searches for vital signs of one patient, or of everybody who permits it to the caller, answered from the readings. */
@NullMarked
package eu.sinusnode.server.population;

import org.jspecify.annotations.NullMarked;
