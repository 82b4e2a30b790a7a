/** Who calls, for which purpose, and how a decision on it is expressed. */
@NullMarked
package eu.sinusnode.policy.access;

import org.jspecify.annotations.NullMarked;
