/** What an operator signs: the tier, the adequacy decisions, where the site is, and every endpoint that the server may use. */
@NullMarked
package eu.sinusnode.policy.residency.signed;

import org.jspecify.annotations.NullMarked;
