/** Tests of what is looked over before a plan holds. */
@NullMarked
package eu.sinusnode.therapy.check;

import org.jspecify.annotations.NullMarked;
