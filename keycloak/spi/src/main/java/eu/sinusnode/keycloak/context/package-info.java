/** The launch context: which patient a login is for, from the authorization request into each of its tokens. */
@NullMarked
package eu.sinusnode.keycloak.context;

import org.jspecify.annotations.NullMarked;
