/** Access matrix, SMART scopes, open operations and open search parameters. */
@NullMarked
package eu.sinusnode.policy.authorization;

import org.jspecify.annotations.NullMarked;
