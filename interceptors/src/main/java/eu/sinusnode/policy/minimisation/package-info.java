/** How much of a record its recipient needs: which purpose gets it identified, which pseudonymised, and what becomes of it then. */
@NullMarked
package eu.sinusnode.policy.minimisation;

import org.jspecify.annotations.NullMarked;
