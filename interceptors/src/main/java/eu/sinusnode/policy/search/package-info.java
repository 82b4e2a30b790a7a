/** The grammar of searches: what the name of a parameter means, and what the open parameters are. */
@NullMarked
package eu.sinusnode.policy.search;

import org.jspecify.annotations.NullMarked;
