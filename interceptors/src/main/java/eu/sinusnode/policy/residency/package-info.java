/** Whether a caller's jurisdiction may receive data at all. */
@NullMarked
package eu.sinusnode.policy.residency;

import org.jspecify.annotations.NullMarked;
