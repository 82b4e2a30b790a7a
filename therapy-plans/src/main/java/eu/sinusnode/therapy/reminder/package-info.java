/** When a patient is reminded of what a therapy plan asks for. */
@NullMarked
package eu.sinusnode.therapy.reminder;

import org.jspecify.annotations.NullMarked;
