/** How a realm file becomes a realm: as Keycloak does it, but for the many scopes of data. */
@NullMarked
package eu.sinusnode.keycloak.file;

import org.jspecify.annotations.NullMarked;
