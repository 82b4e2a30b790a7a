/** Which security labels a record carries: those that somebody stated, and those that its codes say. */
@NullMarked
package eu.sinusnode.policy.labelling;

import org.jspecify.annotations.NullMarked;
