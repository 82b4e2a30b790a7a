@NullMarked
package eu.sinusnode.policy.residency.signed;

import org.jspecify.annotations.NullMarked;
