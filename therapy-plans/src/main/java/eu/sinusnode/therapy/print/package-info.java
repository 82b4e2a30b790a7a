/** A therapy plan, and a letter on it, as a page for the patient: plain words in German or English, as HTML. */
@NullMarked
package eu.sinusnode.therapy.print;

import org.jspecify.annotations.NullMarked;
