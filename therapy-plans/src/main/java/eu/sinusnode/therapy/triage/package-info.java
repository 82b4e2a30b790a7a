/** How soon somebody should look at what a patient asks; pure. */
@NullMarked
package eu.sinusnode.therapy.triage;

import org.jspecify.annotations.NullMarked;
