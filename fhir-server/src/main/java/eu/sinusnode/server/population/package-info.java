/** Searches for vital signs of one patient, answered from the readings, and for records of everybody who permits them. */
@NullMarked
package eu.sinusnode.server.population;

import org.jspecify.annotations.NullMarked;
