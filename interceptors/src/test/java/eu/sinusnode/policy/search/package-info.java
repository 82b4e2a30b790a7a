/** The grammar of searches. */
@NullMarked
package eu.sinusnode.policy.search;

import org.jspecify.annotations.NullMarked;
