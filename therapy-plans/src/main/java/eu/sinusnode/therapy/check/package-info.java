/** Looks a therapy plan over before it holds: goals, doses, prescriptions, training, open questions; pure. */
@NullMarked
package eu.sinusnode.therapy.check;

import org.jspecify.annotations.NullMarked;
