/** Days on which a clinic works: weekends and the public holidays of the German Länder, computed. */
@NullMarked
package eu.sinusnode.analysis.calendar;

import org.jspecify.annotations.NullMarked;
