/** Makes a therapy plan out of a programme and what is known of a patient at an instant; pure. */
@NullMarked
package eu.sinusnode.therapy.apply;

import org.jspecify.annotations.NullMarked;
