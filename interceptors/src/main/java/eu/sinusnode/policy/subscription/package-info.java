/** What a Subscription asks for, and to whom what happened is told: pure, like every policy. */
@NullMarked
package eu.sinusnode.policy.subscription;

import org.jspecify.annotations.NullMarked;
