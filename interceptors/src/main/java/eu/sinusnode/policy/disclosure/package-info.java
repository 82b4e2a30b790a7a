/** The last look at every resource, and at every error text, before it leaves. */
@NullMarked
package eu.sinusnode.policy.disclosure;

import org.jspecify.annotations.NullMarked;
