/** What a write must satisfy before it is stored. */
@NullMarked
package eu.sinusnode.policy.validation;

import org.jspecify.annotations.NullMarked;
