/** What each request to the authorization and token endpoints must keep to, whatever the client's own settings are. */
@NullMarked
package eu.sinusnode.keycloak.policy;

import org.jspecify.annotations.NullMarked;
