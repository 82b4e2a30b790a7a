/** Looks a therapy plan over before it holds: goals, doses, prescriptions, proposed medicines, training, open questions; pure. */
@NullMarked
package eu.sinusnode.therapy.check;

import org.jspecify.annotations.NullMarked;
