/** Truth tables of what leaves in which form, and attacks on the pseudonymised one. */
@NullMarked
package eu.sinusnode.policy.minimisation;

import org.jspecify.annotations.NullMarked;
