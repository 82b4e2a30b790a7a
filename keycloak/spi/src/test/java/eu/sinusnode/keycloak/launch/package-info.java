/** Launches that open and launches that must not, without any Keycloak. */
@NullMarked
package eu.sinusnode.keycloak.launch;

import org.jspecify.annotations.NullMarked;
