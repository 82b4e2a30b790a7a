/** Changes in a running Keycloak, through its Admin REST API. */
@NullMarked
package eu.sinusnode.keycloak.admin;

import org.jspecify.annotations.NullMarked;
