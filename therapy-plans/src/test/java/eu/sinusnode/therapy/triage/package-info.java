/** Truth tables of the triage. */
@NullMarked
package eu.sinusnode.therapy.triage;

import org.jspecify.annotations.NullMarked;
