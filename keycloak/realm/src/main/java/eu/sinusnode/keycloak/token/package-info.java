/** How a backend client and a person get an access token, over plain HTTP as any client of theirs would. */
@NullMarked
package eu.sinusnode.keycloak.token;

import org.jspecify.annotations.NullMarked;
