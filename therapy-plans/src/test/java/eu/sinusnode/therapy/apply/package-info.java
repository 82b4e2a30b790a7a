/** Tests of plans that are made of programmes. */
@NullMarked
package eu.sinusnode.therapy.apply;

import org.jspecify.annotations.NullMarked;
