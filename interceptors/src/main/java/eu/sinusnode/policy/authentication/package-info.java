/** Verified token claims become a Caller, or nobody. */
@NullMarked
package eu.sinusnode.policy.authentication;

import org.jspecify.annotations.NullMarked;
