/** Consents compiled into permits, and the decision they lead to. */
@NullMarked
package eu.sinusnode.policy.consent;

import org.jspecify.annotations.NullMarked;
