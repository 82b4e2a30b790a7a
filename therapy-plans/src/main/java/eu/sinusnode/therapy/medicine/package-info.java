/** What a plan proposes, and what is prescribed; pure. */
@NullMarked
package eu.sinusnode.therapy.medicine;

import org.jspecify.annotations.NullMarked;
