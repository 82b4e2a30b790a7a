/** What a search may find, built once from care team, membership, compartment and consent. */
@NullMarked
package eu.sinusnode.policy.narrowing;

import org.jspecify.annotations.NullMarked;
