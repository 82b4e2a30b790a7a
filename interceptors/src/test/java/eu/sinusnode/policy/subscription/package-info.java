@NullMarked
package eu.sinusnode.policy.subscription;

import org.jspecify.annotations.NullMarked;
